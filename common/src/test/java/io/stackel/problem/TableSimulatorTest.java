package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.exact.RandomProblem;
import io.stackel.math.ChiSquare;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class TableSimulatorTest {

    private static final double ALARM = 1e-6;

    private final RandomProblem problem = RandomProblem.of(5, 3, 2, 2, 0.3);
    private final DenseVector upper = problem.point(2);
    private final RandomStream random = RandomStream.at(4, Purpose.CHECK, 0, 0, 0, 0);

    /** Chi-square over (leader's action, next state or end) of each state and action; false-alarm rate 1e-6 in all. */
    @Test
    void leaderAndNextStatesFollowTheTables() {
        Simulator simulator = problem.simulator(upper, 0);
        double[] leader = new double[6];
        problem.leaderPolicy(upper, leader);
        long[][] counts = new long[6][8];
        double[] reward = new double[12];
        problem.lowerReward(upper, 0, reward);
        double[] observation = new double[1];
        Step step = new Step();
        for (int episode = 0; episode < 20_000; episode++) {
            simulator.start(random);
            simulator.observe(observation);
            int state = (int) observation[0];
            int action = episode & 1;
            step.clear();
            simulator.step(action, random, step);
            int chosen = step.lowerReward() == reward[state * 4 + action] ? 0 : 1;
            assertThat(step.lowerReward()).isEqualTo(reward[state * 4 + chosen * 2 + action]);
            simulator.observe(observation);
            counts[2 * state + action][4 * chosen + (step.terminated() ? 3 : (int) observation[0])]++;
        }
        int tested = 0;
        for (int row = 0; row < 6; row++) {
            if (Arrays.stream(counts[row]).sum() > 1000) {
                requireFit(counts[row], expected(row / 2, row % 2, leader));
                tested++;
            }
        }
        assertThat(tested).as("two states are started in").isEqualTo(4);
    }

    private double[] expected(int state, int action, double[] leader) {
        double[] expected = new double[8];
        for (int a = 0; a < 2; a++) {
            double stays = 1;
            for (int next = 0; next < 3; next++) {
                double p = problem.game().transition()[((state * 2 + a) * 2 + action) * 3 + next];
                expected[4 * a + next] = leader[2 * state + a] * p;
                stays -= p;
            }
            expected[4 * a + 3] = stays < 1e-12 ? 0 : leader[2 * state + a] * stays;
        }
        return expected;
    }

    private static void requireFit(long[] counts, double[] expected) {
        long[] seen = new long[8];
        double[] positive = new double[8];
        int n = 0;
        for (int i = 0; i < 8; i++) {
            if (expected[i] > 0) {
                seen[n] = counts[i];
                positive[n++] = expected[i];
            } else {
                assertThat(counts[i]).as("an outcome without probability").isZero();
            }
        }
        double statistic = ChiSquare.statistic(Arrays.copyOf(seen, n), Arrays.copyOf(positive, n));
        assertThat(ChiSquare.upperTail(statistic, n - 1)).isGreaterThan(ALARM / 4);
    }

    @Test
    void gradientsOfAStepAreThePullbacksOfItsCell() {
        Simulator simulator = problem.simulator(upper, 0);
        double[] observation = new double[1];
        Step step = new Step();
        for (int episode = 0; episode < 100; episode++) {
            simulator.start(random);
            simulator.observe(observation);
            simulator.step(1, random, step);
            int state = (int) observation[0];
            double[] reward = new double[12];
            problem.lowerReward(upper, 0, reward);
            int leader = step.lowerReward() == reward[4 * state + 1] ? 0 : 1;
            double[] cell = new double[12];
            cell[4 * state + 2 * leader + 1] = 1;
            double[] lower = new double[6];
            problem.addLowerRewardGradient(upper, 0, cell, lower);
            double[] higher = new double[6];
            problem.addUpperRewardGradient(upper, 0, cell, higher);
            double[] leaderCell = new double[6];
            leaderCell[2 * state + leader] = 1;
            double[] score = new double[6];
            double[] policy = new double[6];
            problem.leaderPolicy(upper, policy);
            problem.addLeaderScores(upper, state, policy, leaderCell, score);
            assertThat(dense(step.lowerRewardGradient())).containsExactly(lower);
            assertThat(dense(step.upperRewardGradient())).containsExactly(higher);
            assertThat(dense(step.upperScore())).containsExactly(score);
            step.clear();
        }
    }

    private static double[] dense(SparseGradient gradient) {
        double[] into = new double[6];
        gradient.addTo(0, gradient.size(), 1, into);
        return into;
    }
}
