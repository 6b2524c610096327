package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftOptimumTest {

    private static final double[] COLD = {};
    private static final int STATES = 30;
    private static final int ACTIONS = 4;

    private final MarkovGame game = RandomProblem.of(5, STATES, 1, ACTIONS, 0).game();
    private final double[] reward = rewards();

    @Test
    void oneStateHasTheValueOfAnEndlessSoftMaximum() {
        double[] rewards = {0.3, 0.1, -0.2};
        SoftOptimum optimum = solve(1, 3, new double[] {1, 1, 1}, rewards, 0.9, 0.5, 1e-14, COLD);
        double wanted = Softmax.logSumExp(rewards, 0, 3, 0.5) / (1 - 0.9);
        assertThat(optimum.value()[0]).isCloseTo(wanted, Offset.offset(1e-13));
        assertThat(optimum.valueAt(new double[] {1})).isEqualTo(optimum.value()[0]);
        double[] policy = new double[3];
        Softmax.probabilities(rewards, 0, 3, 0.5, policy);
        assertThat(optimum.policy()).containsExactly(policy, Offset.offset(1e-13));
    }

    @Test
    void anActionThatTerminatesIsWorthItsRewardAlone() {
        SoftOptimum optimum = solve(1, 2, new double[] {0, 0.5}, new double[] {1, 0.4}, 0.9, 0, 1e-14, COLD);
        assertThat(optimum.q()).containsExactly(new double[] {1, 0.4 + 0.9 * 0.5}, Offset.offset(1e-14));
        assertThat(optimum.policy()).containsExactly(1, 0);
        assertThat(optimum.logPolicy()).containsExactly(0, Double.NEGATIVE_INFINITY);
    }

    @Test
    void hardOptimumIsTheBestOfAllDeterministicPolicies() {
        MarkovGame small = RandomProblem.of(6, 4, 1, 3, 0).game();
        double[] rewards = {0.1, 0.9, 0.4, 0.7, 0.2, 0.3, 0.5, 0.8, 0.6, 0.0, 0.35, 0.95};
        SoftOptimum optimum = solve(4, 3, small.transition(), rewards, 0.9, 0, 1e-14, COLD);
        double[] best = {-1, -1, -1, -1};
        for (int code = 0; code < 81; code++) {
            double[] value = value(small, rewards, new int[] {code % 3, code / 3 % 3, code / 9 % 3, code / 27});
            for (int s = 0; s < 4; s++) {
                best[s] = Math.max(best[s], value[s]);
            }
        }
        assertThat(optimum.value()).containsExactly(best, Offset.offset(1e-13));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.05, 1})
    void valueSatisfiesTheBellmanEquationToRounding(double tau) {
        SoftOptimum optimum = solve(tau, SoftOptimum.TO_ROUNDING, COLD);
        double[] q = reward.clone();
        for (int i = 0; i < q.length; i++) {
            for (int t = 0; t < STATES; t++) {
                q[i] += 0.99 * game.transition()[i * STATES + t] * optimum.value()[t];
            }
        }
        for (int s = 0; s < STATES; s++) {
            assertThat(optimum.value()[s])
                    .isCloseTo(Softmax.logSumExp(q, s * ACTIONS, ACTIONS, tau), Offset.offset(1e-12));
        }
        assertThat(optimum.residual()).isLessThan(1e-12);
        assertThat(optimum.sweeps()).isLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.3})
    void seriesAndFactorisationFindTheSameOptimum(double tau) {
        Transitions transitions = Transitions.of(STATES, ACTIONS, game.transition());
        SoftOptimum factorised =
                new SoftPolicyIteration(transitions, 0.99, tau, true).solve(reward, SoftOptimum.TO_ROUNDING, COLD);
        SoftOptimum series =
                new SoftPolicyIteration(transitions, 0.99, tau, false).solve(reward, SoftOptimum.TO_ROUNDING, COLD);
        assertThat(series.value()).containsExactly(factorised.value(), Offset.offset(1e-11));
        assertThat(series.sweeps()).isGreaterThan(factorised.sweeps());
    }

    @Test
    void aWarmStartNeedsFewerSweepsAndFindsTheSame() {
        SoftOptimum cold = solve(0.05, 1e-12, COLD);
        reward[3] += 1e-4;
        SoftOptimum warm = solve(0.05, 1e-12, cold.value());
        SoftOptimum again = solve(0.05, 1e-12, COLD);
        assertThat(warm.sweeps()).isLessThan(again.sweeps());
        assertThat(warm.value()).containsExactly(again.value(), Offset.offset(1e-9));
    }

    @Test
    void toleranceBoundsTheResidualRelativeToTheValue() {
        SoftOptimum rough = solve(0.05, 0.05, COLD);
        SoftOptimum fine = solve(0.05, 1e-12, COLD);
        assertThat(rough.sweeps()).isLessThan(fine.sweeps());
        assertThat(rough.residual()).isLessThanOrEqualTo(0.05 * Math.max(1, VectorMath.maxAbs(rough.value())));
        assertThat(fine.residual()).isLessThanOrEqualTo(1e-12 * VectorMath.maxAbs(fine.value()));
    }

    @Test
    void probabilitiesThatUnderflowKeepTheirLogarithms() {
        SoftOptimum optimum =
                solve(1, 2, new double[] {1, 1}, new double[] {1, 0}, 0.5, 0.001, SoftOptimum.TO_ROUNDING, COLD);
        assertThat(optimum.policy()).containsExactly(1, 0);
        assertThat(optimum.logPolicy()[1]).isCloseTo(-1000, Offset.offset(1e-9));
    }

    @Test
    void aTieIsNotUniqueAndPlaysTheFirstAction() {
        SoftOptimum tie = solve(1, 2, new double[] {1, 1}, new double[] {1, 1}, 0.5, 0, 1e-14, COLD);
        assertThat(tie.policy()).containsExactly(1, 0);
        assertThat(tie.isUnique(0)).isFalse();
        SoftOptimum clear = solve(1, 2, new double[] {1, 1}, new double[] {1, 0.9}, 0.5, 0, 1e-14, COLD);
        assertThat(clear.isUnique(0.05)).isTrue();
        assertThat(clear.isUnique(0.2)).isFalse();
    }

    @Test
    void whatIsNotFiniteOrOfAnotherSizeIsRefused() {
        reward[2] = Double.NaN;
        assertThatThrownBy(() -> solve(0.1, 1e-10, COLD))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("rewards, transitions and warm values of a decision process must be finite, but a Bellman"
                        + " backup gave NaN");
        assertThatThrownBy(() -> solve(0.1, 1e-10, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("warmValue must be empty or have 30 values, but has 3");
        assertThatThrownBy(() -> solve(-0.1, 1e-10, COLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entropyWeight must be at least 0, but was -0.1");
        assertThatThrownBy(() -> solve(2, 1, new double[3], new double[2], 0.9, 0, 1e-10, COLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transition must have 4 cells, but has 3");
    }

    private SoftOptimum solve(double tau, double tolerance, double[] warm) {
        return solve(STATES, ACTIONS, game.transition(), reward, 0.99, tau, tolerance, warm);
    }

    private static double[] value(MarkovGame game, double[] rewards, int[] actions) {
        double[] value = new double[4];
        for (int sweep = 0; sweep < 500; sweep++) {
            double[] next = new double[4];
            for (int s = 0; s < 4; s++) {
                int row = s * 3 + actions[s];
                next[s] = rewards[row];
                for (int t = 0; t < 4; t++) {
                    next[s] += 0.9 * game.transition()[row * 4 + t] * value[t];
                }
            }
            value = next;
        }
        return value;
    }

    private static double[] rewards() {
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, 0, 0, 0);
        double[] rewards = new double[STATES * ACTIONS];
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = random.nextDouble();
        }
        return rewards;
    }

    private static SoftOptimum solve(
            int states,
            int actions,
            double[] transition,
            double[] reward,
            double discount,
            double tau,
            double tolerance,
            double[] warm) {
        return SoftOptimum.solve(Transitions.of(states, actions, transition), reward, discount, tau, tolerance, warm);
    }
}
