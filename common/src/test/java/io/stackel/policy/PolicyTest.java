package io.stackel.policy;

import static io.stackel.random.NormalDraws.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy promises, at random parameters and observations; a new policy adds a line to {@link #policies}. */
class PolicyTest {

    private record Subject(DiscretePolicy policy, double[] theta, double[] observation) {}

    private static Stream<Subject> policies() {
        double[] features = {0.3, -1.2, 0, 2};
        return Stream.of(
                new Subject(new TabularSoftmax(3, 4), normal(1, 12, 2), new double[] {1}),
                new Subject(new TabularSoftmax(1, 1), normal(2, 1, 2), new double[] {0}),
                new Subject(new LinearSoftmax(4, 3), normal(3, 12, 1), features),
                new Subject(new LinearSoftmax(4, 3), normal(4, 12, 300), features),
                new Subject(mlp(List.of(5), Activation.TANH), normal(6, 43, 1), features),
                new Subject(mlp(List.of(5, 6), Activation.RELU), normal(7, 82, 1), features),
                new Subject(mlp(List.of(), Activation.RELU), normal(8, 15, 1), features),
                new Subject(new TabularDirect(2, 3), new double[] {0.2, 0.3, 0.5, 0.6, 0.1, 0.3}, new double[] {1}));
    }

    private static MlpSoftmax mlp(List<Integer> hidden, Activation activation) {
        return new MlpSoftmax(Network.of(4, hidden, 3, activation), 0);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void probabilitiesSumToOne(Subject subject) {
        double[] logs = logs(subject, subject.theta);
        assertThat(Arrays.stream(logs).map(StrictMath::exp).sum()).isCloseTo(1, within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void scoresAreTheGradientsOfTheLogProbabilities(Subject subject) {
        int actions = subject.policy.actions();
        for (int b = 0; b < actions; b++) {
            double[] weights = new double[actions + 2];
            weights[2 + b] = 1;
            double[] score = new double[subject.policy.parameters()];
            subject.policy.addScores(subject.theta, subject.observation, probabilities(subject, 2), weights, 2, score);
            int action = b;
            for (int i = 0; i < score.length; i++) {
                double h = 1e-6;
                double up = logs(subject, moved(subject.theta, i, h))[action];
                double down = logs(subject, moved(subject.theta, i, -h))[action];
                assertThat(score[i])
                        .as("action %d, parameter %d", action, i)
                        .isCloseTo((up - down) / (2 * h), within(2e-7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void scoresAreAddedAndLinearInTheWeights(Subject subject) {
        int actions = subject.policy.actions();
        double[] weights = normal(5, actions, 1);
        double[] together = new double[subject.policy.parameters()];
        Arrays.fill(together, 7);
        double[] probabilities = probabilities(subject, 0);
        subject.policy.addScores(subject.theta, subject.observation, probabilities, weights, 0, together);
        double[] apart = new double[together.length];
        Arrays.fill(apart, 7);
        for (int b = 0; b < actions; b++) {
            double[] one = new double[actions];
            one[b] = weights[b];
            subject.policy.addScores(subject.theta, subject.observation, probabilities, one, 0, apart);
        }
        assertThat(together).usingComparatorWithPrecision(1e-10).containsExactly(apart);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void uniformParametersGiveEveryActionTheSameProbability(Subject subject) {
        double[] logs = logs(subject, subject.policy.uniform());
        double wanted = -StrictMath.log(subject.policy.actions());
        assertThat(logs).usingComparatorWithPrecision(1e-15).containsOnly(wanted);
        assertThat(subject.policy.uniform()).hasSize(subject.policy.parameters());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void admissibleParametersAreNotMoved(Subject subject) {
        double[] theta = subject.theta.clone();
        subject.policy.projectInPlace(theta);
        assertThat(theta).usingComparatorWithPrecision(1e-15).containsExactly(subject.theta);
    }

    @Test
    void directProbabilitiesAreProjectedStateByState() {
        TabularDirect policy = new TabularDirect(3, 2);
        double[] theta = {0.7, 0.5, 2, 0.5, -1, -3};
        policy.projectInPlace(theta);
        assertThat(theta).usingComparatorWithPrecision(1e-15).containsExactly(0.6, 0.4, 1, 0, 1, 0);
    }

    @Test
    void anActionThatIsNeverDrawnHasNoScoreAndAnInfiniteLogarithm() {
        TabularDirect policy = new TabularDirect(1, 2);
        double[] logs = new double[2];
        policy.logProbabilities(new double[] {1, 0}, new double[] {0}, logs);
        assertThat(logs).containsExactly(0, Double.NEGATIVE_INFINITY);
        double[] score = new double[2];
        double[] theta = {1, 0};
        policy.addScores(theta, new double[] {0}, theta, new double[] {3, 0}, 0, score);
        assertThat(score).containsExactly(3, 0);
    }

    @Test
    void logarithmsStayFiniteWhereProbabilitiesUnderflow() {
        double[] logs = new double[2];
        new TabularSoftmax(1, 2).logProbabilities(new double[] {0, 2000}, new double[] {0}, logs);
        assertThat(logs).containsExactly(-2000, 0);
    }

    private static double[] logs(Subject subject, double[] theta) {
        double[] logs = new double[subject.policy.actions()];
        subject.policy.logProbabilities(theta, subject.observation, logs);
        return logs;
    }

    private static double[] probabilities(Subject subject, int offset) {
        double[] logs = logs(subject, subject.theta);
        double[] probabilities = new double[offset + logs.length];
        for (int b = 0; b < logs.length; b++) {
            probabilities[offset + b] = StrictMath.exp(logs[b]);
        }
        return probabilities;
    }

    private static double[] moved(double[] theta, int i, double by) {
        double[] copy = theta.clone();
        copy[i] += by;
        return copy;
    }
}
