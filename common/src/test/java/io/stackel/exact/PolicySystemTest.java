package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.LinearSolver;
import io.stackel.mdp.Transitions;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySystemTest {

    private static final int STATES = 23;
    private static final int ACTIONS = 3;
    private static final double DISCOUNT = 0.97;

    /** Against LU with pivoting of the full matrix: transitions that reach {@code back} states down, {@code ahead} up. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 2", "2, 3", "5, 4", "6, 6", "22, 22", "1, 22"})
    void solvesWhatFullEliminationSolves(int back, int ahead) {
        RandomStream random = RandomStream.at(4, Purpose.CHECK, back, ahead, 0, 0);
        double[] transition = transitions(back, ahead, random);
        double[] policy = policy(random);
        Transitions transitions = Transitions.of(STATES, ACTIONS, transition);
        PolicySystem system = new BandedSystem(transitions, policy, DISCOUNT);
        PolicySystem swept = new SweptSystem(transitions, policy, DISCOUNT);
        LinearSolver full = LinearSolver.factor(matrix(transition, policy), STATES);
        double[] right = new double[STATES];
        for (int s = 0; s < STATES; s++) {
            right[s] = random.nextGaussian();
        }
        assertThat(system.solve(right)).containsExactly(full.solve(right), Offset.offset(1e-11));
        assertThat(system.solveTransposed(right)).containsExactly(full.solveTransposed(right), Offset.offset(1e-11));
        assertThat(swept.solve(right)).containsExactly(full.solve(right), Offset.offset(1e-9));
        assertThat(swept.solveTransposed(right)).containsExactly(full.solveTransposed(right), Offset.offset(1e-9));
    }

    /** Two states that go to each other always, where sweeps gain the least: the values are those of a geometric series. */
    @Test
    void sweepsKeepTheirAccuracyNearDiscountOne() {
        Transitions circle = Transitions.of(2, 1, new double[] {0, 1, 1, 0});
        PolicySystem system = new SweptSystem(circle, new double[] {1, 1}, 0.9999);

        assertThat(system.solve(new double[] {1, 1})).containsExactly(new double[] {1e4, 1e4}, Offset.offset(1e-6));
        assertThat(system.solveTransposed(new double[] {1, 1}))
                .containsExactly(new double[] {1e4, 1e4}, Offset.offset(1e-6));
        assertThat(system.solve(new double[2])).containsExactly(0, 0);
    }

    @Test
    void manyStatesWithFewSuccessorsFarApartAreSwept() {
        assertThat(PolicySystem.of(circle(2000, 997), new double[2000], 0.9)).isInstanceOf(SweptSystem.class);
        assertThat(PolicySystem.of(circle(600, 299), new double[600], 0.9)).isInstanceOf(BandedSystem.class);
        assertThat(PolicySystem.of(circle(2000, 1), new double[2000], 0.9)).isInstanceOf(BandedSystem.class);
    }

    /** Each state has one successor, {@code step} further on, around the end where that is past it. */
    private static Transitions circle(int states, int step) {
        int[] start = IntStream.rangeClosed(0, states).toArray();
        int[] next = IntStream.range(0, states).map(s -> (s + step) % states).toArray();
        double[] probability = new double[states];
        Arrays.fill(probability, 1);
        return new Transitions(states, 1, start, next, probability);
    }

    private static double[] transitions(int back, int ahead, RandomStream random) {
        double[] transition = new double[STATES * ACTIONS * STATES];
        for (int row = 0; row < STATES * ACTIONS; row++) {
            int s = row / ACTIONS;
            double total = row % 5 == 0 ? 0.2 : 0;
            for (int t = Math.max(0, s - back); t <= Math.min(STATES - 1, s + ahead); t++) {
                transition[row * STATES + t] = random.nextDouble();
                total += transition[row * STATES + t];
            }
            for (int t = 0; t < STATES; t++) {
                transition[row * STATES + t] /= total;
            }
        }
        return transition;
    }

    /** A third of the states plays one action only. */
    private static double[] policy(RandomStream random) {
        double[] policy = new double[STATES * ACTIONS];
        for (int s = 0; s < STATES; s++) {
            double u = s % 3 == 0 ? 1 : random.nextDouble();
            policy[s * ACTIONS] = u;
            policy[s * ACTIONS + 1] = 0.25 * (1 - u);
            policy[s * ACTIONS + 2] = 0.75 * (1 - u);
        }
        return policy;
    }

    private static double[] matrix(double[] transition, double[] policy) {
        double[] matrix = new double[STATES * STATES];
        for (int s = 0; s < STATES; s++) {
            for (int t = 0; t < STATES; t++) {
                double p = 0;
                for (int row = s * ACTIONS; row < (s + 1) * ACTIONS; row++) {
                    p += policy[row] * transition[row * STATES + t];
                }
                matrix[s * STATES + t] = (s == t ? 1 : 0) - DISCOUNT * p;
            }
        }
        return matrix;
    }
}
