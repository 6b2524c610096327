package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.experiment.Catalogue;
import io.stackel.policy.Actor;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.MlpGaussian;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A report of a right policy fails by chance in fewer than one of 1e6 seeds; here seeds are fixed. */
class PolicyContractTest {

    private static final String TEXT = """
            format: 1
            name: contract
            problem: {PROBLEM}
            policy: {POLICY}
            algorithm: {name: independent}
            upper: {stepSize: 0.05, units: 12}
            lower: {solver: sampled, optimizer: adam}
            sampling: {horizon: 12, unitsPerChunk: 4, baseline: none}
            stop: {iterations: 9}
            """;

    private static final List<double[]> CELLS = List.of(new double[] {0}, new double[] {1}, new double[] {2});
    private static final List<double[]> FEATURES = List.of(new double[] {1, 0.3, -2}, new double[] {0, -1, 0.5});

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: reward-design, states: 4, actions: 3 | name: tabular-softmax",
                "name: reward-design, states: 4, actions: 3 | name: tabular-direct",
                "name: reward-design, states: 4, actions: 3 | name: linear-softmax",
                "name: reward-design, states: 4, actions: 3 | name: 'mlp-softmax', hidden: [6, 5]",
                "name: reward-shaping | name: linear-softmax",
                "name: reward-shaping | name: 'mlp-softmax', hidden: [8], activation: relu",
                "name: reward-shaping, task: pendulum | name: 'mlp-gaussian', hidden: [8, 7]"
            })
    void shippedPoliciesKeepTheContract(String problem, String policy) throws IOException {
        Path file = Files.writeString(
                folder.resolve("contract.yaml"),
                TEXT.replace("PROBLEM", problem).replace("POLICY", policy));

        PolicyContract.check(file, List.of(), 0).requirePassed();
    }

    @Test
    void policyOfTwoPlayersKeepsTheContract() {
        PolicyContract.check(new TwoPlayerSoftmax(3, 2, 3), CELLS, 0).requirePassed();
    }

    @Test
    void policyOfLongVectorsKeepsTheContract() {
        PolicyContract.check(gaussian(3), FEATURES, 0).requirePassed();
    }

    @Test
    void catalogueHasEveryPolicyOfTheTest() {
        assertThat(Catalogue.shipped().policies().keySet())
                .containsExactly("linear-softmax", "mlp-gaussian", "mlp-softmax", "tabular-direct", "tabular-softmax");
    }

    private static Policy gaussian(int size) {
        return new MlpGaussian(Network.of(3, List.of(5), size, io.stackel.policy.Activation.TANH), 0.7, 1);
    }

    /** What a user may get wrong with numbered actions. */
    private enum Fault {
        NONE,
        WRONG_SCORE,
        OVERWRITTEN_SCORE,
        NOT_NORMALISED,
        NOT_UNIFORM,
        LIKELIEST_DRAWN,
        WRITES_TO_THETA,
        SHARED_ROW
    }

    /** Tabular softmax over three states and four actions with a fault. */
    private record Faulty(Fault fault, double[] shared, TabularSoftmax right) implements DiscretePolicy {

        Faulty(Fault fault) {
            this(fault, new double[4], new TabularSoftmax(3, 4));
        }

        @Override
        public int parameters() {
            return right.parameters();
        }

        @Override
        public int observationSize() {
            return 1;
        }

        @Override
        public boolean tabular() {
            return true;
        }

        @Override
        public int actions() {
            return 4;
        }

        @Override
        public void logProbabilities(double[] theta, double[] observation, double[] into) {
            right.logProbabilities(theta, observation, into);
            if (fault == Fault.NOT_NORMALISED) {
                into[1] += 1e-9;
            }
            if (fault == Fault.WRITES_TO_THETA) {
                theta[0] += 1e-3;
            }
        }

        @Override
        public void addScores(
                double[] theta,
                double[] observation,
                double[] probabilities,
                double[] weights,
                int offset,
                double[] into) {
            if (fault == Fault.OVERWRITTEN_SCORE) {
                java.util.Arrays.fill(into, 0);
            }
            right.addScores(theta, observation, probabilities, weights, offset, into);
            if (fault == Fault.WRONG_SCORE) {
                into[0] += 1e-4 * weights[offset];
            }
        }

        @Override
        public double[] uniform() {
            double[] theta = new double[parameters()];
            theta[5] = fault == Fault.NOT_UNIFORM ? 1e-6 : 0;
            return theta;
        }

        @Override
        public io.stackel.policy.ActionActor actor(double[] theta) {
            return fault == Fault.LIKELIEST_DRAWN || fault == Fault.SHARED_ROW
                    ? new FaultyActor(this, DiscretePolicy.super.actor(theta))
                    : DiscretePolicy.super.actor(theta);
        }
    }

    private record FaultyActor(Faulty policy, io.stackel.policy.ActionActor right)
            implements io.stackel.policy.ActionActor {

        @Override
        public int actions() {
            return right.actions();
        }

        @Override
        public void draw(
                double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities) {
            right.draw(observations, count, random, actions, logDensities);
            if (policy.fault == Fault.LIKELIEST_DRAWN) {
                for (int t = 0; t < count; t++) {
                    actions[t] = random[t].nextInt(8) == 0 ? 1 : actions[t];
                }
                right.logDensities(observations, actions, count, logDensities);
            }
            policy.shared[0] = logDensities[count - 1];
        }

        /** What another actor has drawn in between shows here. */
        @Override
        public void logDensities(double[] observations, double[] actions, int count, double[] into) {
            right.logDensities(observations, actions, count, into);
            if (policy.fault == Fault.SHARED_ROW) {
                into[count - 1] = policy.shared[0];
            }
        }

        @Override
        public void addScores(double[] observations, double[] actions, int count, double[] weights, double[] into) {
            right.addScores(observations, actions, count, weights, into);
        }

        @Override
        public void allLogDensities(double[] observations, int count, double[] into) {
            right.allLogDensities(observations, count, into);
        }

        @Override
        public void addAllScores(double[] observations, int count, double[] weights, double[] into) {
            right.addAllScores(observations, count, weights, into);
        }
    }

    @Test
    void copyOfARightPolicyKeepsTheContract() {
        PolicyContract.check(new Faulty(Fault.NONE), CELLS, 0).requirePassed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WRONG_SCORE | policy scores in theta",
                "OVERWRITTEN_SCORE | scores are added",
                "NOT_NORMALISED | probabilities sum to one",
                "NOT_UNIFORM | uniform() is the uniform policy",
                "LIKELIEST_DRAWN | draws are as frequent as probable",
                "WRITES_TO_THETA | arguments are not written to",
                "SHARED_ROW | actors in turns give the same bits"
            })
    void plantedFaultsOfNumberedActionsAreFound(Fault fault, String rule) {
        assertThat(PolicyContract.check(new Faulty(fault), CELLS, 0).failures())
                .extracting(Finding::name)
                .contains(rule);
    }

    /** A density that is too large by a hundredth part in some places, or draws that are too far from the mean. */
    private record FaultyVectors(Policy right, double excess, double stretch) implements Policy {

        @Override
        public int parameters() {
            return right.parameters();
        }

        @Override
        public int observationSize() {
            return right.observationSize();
        }

        @Override
        public int actionSize() {
            return right.actionSize();
        }

        @Override
        public double[] uniform() {
            return right.uniform();
        }

        @Override
        public Actor actor(double[] theta) {
            Actor actor = right.actor(theta);
            return new Actor() {
                @Override
                public void draw(
                        double[] observations,
                        int count,
                        RandomStream[] random,
                        double[] actions,
                        double[] logDensities) {
                    actor.draw(observations, count, random, actions, logDensities);
                    for (int i = 0; i < actions.length; i++) {
                        actions[i] *= stretch;
                    }
                    logDensities(observations, actions, count, logDensities);
                }

                @Override
                public void logDensities(double[] observations, double[] actions, int count, double[] into) {
                    actor.logDensities(observations, actions, count, into);
                    for (int t = 0; t < count; t++) {
                        into[t] += excess;
                    }
                }

                @Override
                public void addScores(
                        double[] observations, double[] actions, int count, double[] weights, double[] into) {
                    actor.addScores(observations, actions, count, weights, into);
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.2 | 1 | densities integrate to one", "0 | 1.2 | scores of draws have mean zero"})
    void plantedFaultsOfVectorsAreFound(double excess, double stretch, String rule) {
        assertThat(PolicyContract.check(new FaultyVectors(gaussian(2), excess, stretch), FEATURES, 0)
                        .failures())
                .extracting(Finding::name)
                .contains(rule);
    }
}
