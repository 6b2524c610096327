package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LeaderAverageTest {

    private final RandomProblem problem = RandomProblem.of(3, 6, 4, 2, 0.1);
    private final MarkovGame game = problem.game();

    @Test
    void followersTransitionsAreThoseOfTheFullTable() {
        double[] policy = new double[game.leaderCells()];
        problem.leaderPolicy(problem.point(1), policy);
        Transitions sparse = new LeaderAverage(game).follower(policy);
        assertThat(dense(sparse)).containsExactly(game.followerTransition(policy), Offset.offset(1e-15));
    }

    @Test
    void jointTransitionsAreTheGamesOwn() {
        assertThat(dense(new LeaderAverage(game).joint())).containsExactly(game.transition());
    }

    @Test
    void aLeaderWithoutChoiceAveragesNothing() {
        MarkovGame alone = RandomProblem.of(3, 6, 1, 2, 0.1).game();
        LeaderAverage average = new LeaderAverage(alone);
        assertThat(average.follower(new double[] {1, 1, 1, 1, 1, 1})).isSameAs(average.joint());
    }

    /** Rows through {@code addRow}, checked against {@code expect} of every unit vector. */
    private static double[] dense(Transitions sparse) {
        int rows = sparse.states() * sparse.actions();
        double[] table = new double[rows * sparse.states()];
        for (int row = 0; row < rows; row++) {
            sparse.addRow(row, 1, row * sparse.states(), table);
            for (int t = 0; t < sparse.states(); t++) {
                double[] unit = new double[sparse.states()];
                unit[t] = 1;
                assertThat(sparse.expect(row, unit)).isEqualTo(table[row * sparse.states() + t]);
            }
        }
        return table;
    }
}
