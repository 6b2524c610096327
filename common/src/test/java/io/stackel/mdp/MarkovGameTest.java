package io.stackel.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MarkovGameTest {

    /** Two states, two actions of each player; joint action c of state s moves to state 1 with probability (1 + c + 4 s)/10. */
    private static final double[] TRANSITION = transition();

    private static double[] transition() {
        double[] transition = new double[16];
        for (int cell = 0; cell < 8; cell++) {
            transition[2 * cell + 1] = (1 + cell) / 10.0;
        }
        return transition;
    }

    private final MarkovGame game = new MarkovGame(2, 2, 2, TRANSITION, new double[] {0.5, 0.5}, 0.9);

    @Test
    void sizesFollowFromTheActions() {
        assertThat(game.jointActions()).isEqualTo(4);
        assertThat(game.jointCells()).isEqualTo(8);
        assertThat(game.leaderCells()).isEqualTo(4);
        assertThat(game.followerCells()).isEqualTo(4);
    }

    @Test
    void followerSeesTheLeadersAverage() {
        double[] leader = {0.25, 0.75, 1, 0};
        assertThat(game.followerTransition(leader))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0, 0.25 * 0.1 + 0.75 * 0.3, 0, 0.25 * 0.2 + 0.75 * 0.4, 0, 0.5, 0, 0.6);
        assertThat(game.followerTable(leader, new double[] {1, 2, 3, 4, 5, 6, 7, 8}))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(2.5, 3.5, 5, 6);
    }

    @Test
    void aDecisionProcessIsTheGameOfALeaderWithOneAction() {
        double[] transition = Arrays.copyOf(TRANSITION, 8);
        MarkovGame process = MarkovGame.ofProcess(2, 2, transition, new double[] {1, 0}, 0.9);
        assertThat(process.leaderActions()).isEqualTo(1);
        assertThat(process.followerTransition(new double[] {1, 1})).isSameAs(transition);
        assertThat(process.followerTable(new double[] {1, 1}, new double[] {1, 2, 3, 4}))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void messagesGiveNameRuleAndValue() {
        double[] start = {0.5, 0.5};
        requireRefused(0, 2, 2, TRANSITION, start, 0.9, "states must be at least 1, but was 0");
        requireRefused(2, 0, 2, TRANSITION, start, 0.9, "leaderActions must be at least 1, but was 0");
        requireRefused(2, 2, 0, TRANSITION, start, 0.9, "followerActions must be at least 1, but was 0");
        requireRefused(2, 2, 2, TRANSITION, start, 1, "discount must be in [0, 1), but was 1.0");
        requireRefused(2, 2, 2, TRANSITION, start, Double.NaN, "discount must be in [0, 1), but was NaN");
        requireRefused(2, 2, 2, new double[15], start, 0.9, "transition must have 16 cells, but has 15");
        requireRefused(2, 2, 2, TRANSITION, new double[] {1}, 0.9, "start must have 2 cells, but has 1");
        requireRefused(2, 2, 2, TRANSITION, new double[] {0.5, 0.4}, 0.9, "start must sum to 1, but sums to 0.9");
        double[] negative = TRANSITION.clone();
        negative[4] = -0.1;
        requireRefused(2, 2, 2, negative, start, 0.9, "transition row 2 must hold probabilities, but cell 0 was -0.1");
        negative[4] = Double.NaN;
        requireRefused(2, 2, 2, negative, start, 0.9, "transition row 2 must hold probabilities, but cell 0 was NaN");
        double[] heavy = TRANSITION.clone();
        heavy[14] = 0.5;
        requireRefused(2, 2, 2, heavy, start, 0.9, "transition row 7 must sum to at most 1, but sums to 1.3");
    }

    private static void requireRefused(
            int states,
            int leader,
            int follower,
            double[] transition,
            double[] start,
            double discount,
            String message) {
        assertThatThrownBy(() -> new MarkovGame(states, leader, follower, transition, start, discount))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
