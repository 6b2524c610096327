package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Boltzmann covariance form without any statistics: the mean over every path of a tiny game. */
class BoltzmannEnumerationTest {

    private static final double EXACT = 1e-10;

    private static BoltzmannGradient estimand(Critic critic, double advantageDecay) {
        return new BoltzmannGradient(new Units(Purpose.TRAINING, 0, 1), 0, 0, critic, advantageDecay, false);
    }

    /** A game that no horizon cuts, at its best response: the mean is the hypergradient itself. */
    private static final class Ending {
        private final RandomProblem problem = Scene.endingWithinThreeSteps();
        private final DenseVector x = problem.point(3);
        private final ExactPoint point = new ExactModel(problem, 0).at(x);
        private final SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);
        private final PolicyValues values = point.evaluate(best.logPolicy());

        /** With baselines that are nobody's values, or none. */
        Scene scene(double scale) {
            double[] lower = {scale, -2 * scale, 0.7 * scale};
            double[] upper = {-scale, 0.4 * scale, 3 * scale};
            Follower follower = Follower.withBaselines(best.logPolicy(), lower, upper)
                    .withAdvantage(values.upperAdvantage())
                    .withResponse(point.responseGradients(values));
            return new Scene(problem, new TabularSoftmax(3, 2), x, List.of(follower), List.of(best.logPolicy()));
        }

        double[] hypergradient() {
            double[] exact = point.hypergradient(best).gradient().clone();
            VectorMath.addScaled(-1, term(), exact);
            return exact;
        }

        double[] term() {
            double[] term = new double[problem.upperSize()];
            problem.addUpperTermGradient(x, term);
            return term;
        }
    }

    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(doubles = {0, 1.5})
    void itsExpectationIsTheHypergradient(double baselines) {
        Ending ending = new Ending();
        double[] exact = ending.hypergradient();
        requireClose(mean(ending.scene(baselines), 1), exact);
        double[] direct = ending.point.upperGradients(ending.values).inUpper();
        VectorMath.addScaled(-1, ending.term(), direct);
        assertThat(VectorMath.norm(VectorMath.minus(exact, direct)))
                .as("what is not the direct term")
                .isGreaterThan(0.1 * VectorMath.norm(exact));
    }

    /** Baselines of the follower play no part, and those of the leader change no mean. */
    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(doubles = {0, 1.5})
    void withAVectorCriticItsExpectationIsTheHypergradient(double baselines) {
        Ending ending = new Ending();
        requireClose(mean(ending.scene(baselines), estimand(Critic.VECTOR, 1)), ending.hypergradient());
    }

    /** What is left to chance are the states and the direct term. */
    @Test
    void aVectorCriticLeavesLessVariance() {
        Scene scene = new Ending().scene(0);
        assertThat(variance(scene, estimand(Critic.VECTOR, 1)))
                .isLessThan(0.5 * variance(scene, estimand(Critic.SCALAR, 1)));
    }

    @Test
    void anErrorOfTheVectorCriticIsABias() {
        Ending ending = new Ending();
        Scene scene = ending.scene(0);
        Follower exact = scene.followers().get(0);
        Follower half = exact.withResponse(VectorMath.scaled(0.5, exact.response()));
        Scene wrong = new Scene(scene.problem(), scene.policy(), scene.upper(), List.of(half), scene.logs());
        assertThat(distance(mean(wrong, estimand(Critic.VECTOR, 1)), ending.hypergradient()))
                .isGreaterThan(0.05);
    }

    @Test
    void fadingCreditIsBiased() {
        Ending ending = new Ending();
        double[] exact = ending.hypergradient();
        double half = distance(mean(ending.scene(0), 0.5), exact);
        assertThat(half).isGreaterThan(0.005);
        assertThat(distance(mean(ending.scene(0), 0), exact)).isGreaterThan(1.5 * half);
    }

    @Test
    void returnsAreUnbiased() {
        Ending ending = new Ending();
        Scene scene = ending.scene(0);
        BoltzmannEstimator estimator = new BoltzmannEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] mean = new double[2];
        path.visit(
                ending.problem.game(0).start(),
                scene.logs().get(0),
                scene.logs().get(0),
                probability -> {
                    UnitSums unit = unit(scene);
                    estimator.add(estimand(Critic.SCALAR, 1), path, unit);
                    mean[0] += probability * unit.upperReturn;
                    mean[1] += probability * unit.lowerReturn;
                });
        assertThat(mean[0]).isCloseTo(ending.values.upperReturn(), within(1e-12));
        assertThat(mean[1]).isCloseTo(ending.values.followerValue(), within(1e-12));
    }

    /**
     * What a horizon leaves, for any policy and any table A: the direct term, and for each time t the derivative of Q of the
     * steps that are left, {@code -(1/tau) sum_t discount^t E A(s_t, b_t) dQ_(H-t)(s_t, b_t)}.
     */
    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(booleans = {false, true})
    void anyTableIsPairedWithTheDerivativeOfQ(boolean baselines) {
        Scene drawn = Scene.of(20, baselines);
        double[] table = {0.4, -1, 0.3, 2, -0.7, 0.1};
        Follower follower = drawn.followers().get(0).withAdvantage(table);
        Scene scene = new Scene(
                drawn.problem(),
                drawn.policy(),
                drawn.upper(),
                List.of(follower),
                List.of(drawn.logs().get(0)));
        double[] logs = scene.logs().get(0);
        double[] x = scene.upper().values();
        double tau = scene.problem().entropyWeight();
        FiniteHorizon whole = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] wanted = FiniteHorizon.derivative(x, at -> -whole.leader(at, logs, follower.upperValue()));
        double power = 1;
        for (int t = 0; t < Scene.HORIZON; t++) {
            double[] states = scene.statesAt(t, logs);
            FiniteHorizon rest = new FiniteHorizon(scene.problem(), Scene.HORIZON - t);
            double[] weights = new double[table.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = -power / tau * states[i / 2] * StrictMath.exp(logs[i]) * table[i];
            }
            VectorMath.addScaled(
                    1,
                    FiniteHorizon.derivative(
                            x, at -> VectorMath.dot(weights, rest.followerQ(at, logs, follower.value()))),
                    wanted);
            power *= scene.problem().discount();
        }
        requireClose(mean(scene, 1), wanted);
    }

    private static double[] mean(Scene scene, double advantageDecay) {
        return mean(scene, estimand(Critic.SCALAR, advantageDecay));
    }

    private static double[] mean(Scene scene, BoltzmannGradient estimand) {
        BoltzmannEstimator estimator = new BoltzmannEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] mean = new double[scene.problem().upperSize()];
        double[] logs = scene.logs().get(0);
        double total = path.visit(scene.problem().game(0).start(), logs, logs, probability -> {
            path.clear();
            estimator.add(estimand, path, unit(scene));
            VectorMath.addScaled(probability, path.upperGradient, mean);
        });
        assertThat(total).isCloseTo(1, within(1e-13));
        return mean;
    }

    /** The mean squared norm less the squared norm of the mean. */
    private static double variance(Scene scene, BoltzmannGradient estimand) {
        BoltzmannEstimator estimator = new BoltzmannEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] logs = scene.logs().get(0);
        double[] square = new double[1];
        path.visit(scene.problem().game(0).start(), logs, logs, probability -> {
            path.clear();
            estimator.add(estimand, path, unit(scene));
            square[0] += probability * VectorMath.normSquared(path.upperGradient);
        });
        return square[0] - VectorMath.normSquared(mean(scene, estimand));
    }

    private static UnitSums unit(Scene scene) {
        UnitSums unit = new UnitSums(scene.problem().upperSize(), scene.policy().parameters());
        unit.begin();
        return unit;
    }

    private static void requireClose(double[] got, double[] exact) {
        assertThat(distance(got, exact))
                .as("%s against %s", Arrays.toString(got), Arrays.toString(exact))
                .isLessThan(EXACT);
    }

    private static double distance(double[] got, double[] exact) {
        return VectorMath.norm(VectorMath.minus(got, exact)) / VectorMath.norm(exact);
    }
}
