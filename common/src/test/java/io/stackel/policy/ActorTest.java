package io.stackel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every actor promises: log-densities of what it draws, their gradients, and rows that do not know each other. */
class ActorTest {

    private static final int ROWS = 70;

    private static Stream<Policy> policies() {
        Network logits = Network.of(3, List.of(7, 6), 4, Activation.TANH);
        Network means = Network.of(3, List.of(6, 5), 2, Activation.TANH);
        return Stream.of(
                new LinearSoftmax(3, 4),
                new MlpSoftmax(logits, 1),
                new MlpSoftmax(Network.of(3, List.of(9), 2, Activation.RELU), 1),
                new MlpGaussian(means, 0.7, 1),
                new MlpGaussian(Network.of(3, List.of(8), 1, Activation.RELU), 1.5, 1));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void scoresAreTheGradientsOfTheLogDensities(Policy policy) {
        Scene scene = new Scene(policy);
        double[] weights = normal(3, ROWS);
        double[] scores = new double[policy.parameters()];
        scene.actor.addScores(scene.observations, scene.actions, ROWS, weights, scores);
        double h = 1e-5;
        for (int i = 0; i < scores.length; i++) {
            double difference = (scene.weighted(i, h, weights) - scene.weighted(i, -h, weights)) / (2 * h);
            assertThat(scores[i]).as("parameter %d", i).isCloseTo(difference, within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void manyDrawsAreTheBitsOfOneAfterTheOther(Policy policy) {
        Scene scene = new Scene(policy);
        RandomStream[] streams = streams(ROWS);
        int size = policy.actionSize();
        for (int t = 0; t < ROWS; t++) {
            double[] action = new double[size];
            double[] log = new double[1];
            RandomStream[] own = {streams[t]};
            policy.actor(scene.theta)
                    .draw(Arrays.copyOfRange(scene.observations, 3 * t, 3 * t + 3), 1, own, action, log);
            assertThat(action).containsExactly(Arrays.copyOfRange(scene.actions, size * t, size * t + size));
            assertThat(log[0]).isEqualTo(scene.drawnLogs[t]);
        }
        double[] logs = new double[ROWS];
        scene.actor.logDensities(scene.observations, scene.actions, ROWS, logs);
        assertThat(logs).containsExactly(scene.drawnLogs);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void manyRowsAreTheBitsOfOneRowAfterTheOther(Policy policy) {
        Scene scene = new Scene(policy);
        double[] together = new double[ROWS];
        scene.actor.logDensities(scene.observations, scene.actions, ROWS, together);
        double[] weights = normal(4, ROWS);
        weights[1] = 0;
        double[] scores = new double[policy.parameters()];
        scene.actor.addScores(scene.observations, scene.actions, ROWS, weights, scores);
        double[] apart = new double[scores.length];
        for (int t = 0; t < ROWS; t++) {
            double[] observation = Arrays.copyOfRange(scene.observations, 3 * t, 3 * t + 3);
            int size = policy.actionSize();
            double[] action = Arrays.copyOfRange(scene.actions, size * t, size * t + size);
            double[] one = new double[1];
            policy.actor(scene.theta).logDensities(observation, action, 1, one);
            assertThat(one[0]).isEqualTo(together[t]);
            policy.actor(scene.theta).addScores(observation, action, 1, new double[] {weights[t]}, apart);
        }
        assertThat(apart).containsExactly(scores);
    }

    /**
     * The score of a draw has mean zero: within 5 standard errors, which by chance fails for one of the about 300
     * parameters in fewer than one of 5,000 seeds.
     */
    @ParameterizedTest
    @MethodSource("policies")
    void drawsFollowTheDensity(Policy policy) {
        Scene scene = new Scene(policy);
        int draws = 4000;
        double[] observation = Arrays.copyOf(scene.observations, 3);
        double[] action = new double[policy.actionSize()];
        double[] sum = new double[policy.parameters()];
        double[] squares = new double[policy.parameters()];
        RandomStream[] random = {RandomStream.at(9, Purpose.CHECK, 0, 0, 0, 0)};
        for (int k = 0; k < draws; k++) {
            scene.actor.draw(observation, 1, random, action, new double[1]);
            double[] score = new double[policy.parameters()];
            scene.actor.addScores(observation, action, 1, new double[] {1}, score);
            for (int i = 0; i < score.length; i++) {
                sum[i] += score[i];
                squares[i] += score[i] * score[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            assertThat(Math.abs(sum[i])).as("parameter %d", i).isLessThanOrEqualTo(5 * Math.sqrt(squares[i]));
        }
    }

    @Test
    void softmaxDrawsAndLogDensitiesAreThoseOfTheTable() {
        MlpSoftmax policy = new MlpSoftmax(Network.of(3, List.of(7), 4, Activation.TANH), 1);
        Scene scene = new Scene(policy);
        double[] logs = new double[ROWS];
        scene.actor.logDensities(scene.observations, scene.actions, ROWS, logs);
        double[] row = new double[4];
        for (int t = 0; t < ROWS; t++) {
            policy.logProbabilities(scene.theta, Arrays.copyOfRange(scene.observations, 3 * t, 3 * t + 3), row);
            assertThat(logs[t]).isEqualTo(row[(int) scene.actions[t]]);
        }
    }

    @Test
    void gaussianDensityIsTheProductOfNormalDensities() {
        MlpGaussian policy = new MlpGaussian(Network.of(1, List.of(), 2, Activation.RELU), 1, 0);
        double[] theta = {2, -1, 0.5, 0, StrictMath.log(2), StrictMath.log(0.5)};
        double[] log = new double[1];
        policy.actor(theta).logDensities(new double[] {3}, new double[] {7.5, -3}, 1, log);
        double constant = StrictMath.log(2 * StrictMath.PI);
        assertThat(log[0]).isCloseTo(-0.5 * 0.25 - constant, within(1e-14));
    }

    @Test
    void gaussianStartsAtMeanZeroAndKeepsItsDeviationsInBounds() {
        MlpGaussian policy = new MlpGaussian(Network.of(3, List.of(4), 2, Activation.TANH), 0.5, 0);
        double[] theta = policy.uniform();
        double[] log = new double[1];
        policy.actor(theta).logDensities(new double[] {1, 2, 3}, new double[] {0, 0}, 1, log);
        assertThat(log[0]).isCloseTo(-2 * StrictMath.log(0.5) - StrictMath.log(2 * StrictMath.PI), within(1e-14));
        theta[theta.length - 2] = -9;
        theta[theta.length - 1] = 3;
        policy.projectInPlace(theta);
        assertThat(Arrays.copyOfRange(theta, theta.length - 2, theta.length)).containsExactly(-5, 2);
    }

    private static final class Scene {

        final Actor actor;
        final double[] theta;
        final Policy policy;
        final double[] observations = normal(1, 3 * ROWS);
        final double[] drawnLogs = new double[ROWS];
        final double[] actions;

        Scene(Policy policy) {
            this.policy = policy;
            theta = policy.uniform();
            double[] noise = normal(2, theta.length);
            for (int i = 0; i < theta.length; i++) {
                theta[i] += 0.4 * noise[i];
            }
            actor = policy.actor(theta);
            int size = policy.actionSize();
            actions = new double[ROWS * size];
            actor.draw(observations, ROWS, streams(ROWS), actions, drawnLogs);
        }

        double weighted(int parameter, double by, double[] weights) {
            double[] moved = theta.clone();
            moved[parameter] += by;
            double[] logs = new double[ROWS];
            policy.actor(moved).logDensities(observations, actions, ROWS, logs);
            double sum = 0;
            for (int t = 0; t < ROWS; t++) {
                sum += weights[t] * logs[t];
            }
            return sum;
        }
    }

    private static RandomStream[] streams(int count) {
        RandomStream[] streams = new RandomStream[count];
        for (int t = 0; t < count; t++) {
            streams[t] = RandomStream.at(2, Purpose.CHECK, 0, t, 0, 0);
        }
        return streams;
    }

    private static double[] normal(int item, int count) {
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, item, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
