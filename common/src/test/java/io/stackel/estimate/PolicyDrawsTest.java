package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.exact.RandomProblem;
import io.stackel.policy.TabularSoftmax;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PolicyDrawsTest {

    private final RandomProblem problem = RandomProblem.of(5, 3, 2, 2, 0.3);
    private final TabularSoftmax policy = new TabularSoftmax(3, 2);

    /** Values of 1e9 over entropy weights make such logits; their rounding leaves rows that sum to 1 within 1e-6 only. */
    @Test
    void rowsOfLargeLogitsSumToOneAndNeverEndAnEpisode() {
        for (double size = 1e7; size <= 1e10; size *= 1.7) {
            double[] theta = {size, size - 1.3, size + 0.4, size, size - 0.1, size - 0.7};
            FollowerTable follower = follower(theta);
            PolicyDraws draws = PolicyDraws.of(new FollowerTable[] {follower}, 3, 2);
            for (int state = 0; state < 3; state++) {
                for (long word = -1L << 31; word < 1L << 31; word += 1L << 20) {
                    assertThat(draws.table().sample32(draws.row(0) + state, (int) word))
                            .isBetween(0, 1);
                }
            }
        }
    }

    /** The bits of what was always accepted stay. */
    @Test
    void rowsWithinRoundingAreLeftAlone() {
        FollowerTable follower = follower(new double[] {1, 2, 3, -1, 0.5, 0});
        double[] before = follower.probabilities.clone();

        PolicyDraws.of(new FollowerTable[] {follower}, 3, 2);

        assertThat(follower.probabilities).containsExactly(before);
    }

    private FollowerTable follower(double[] theta) {
        return new FollowerTable(
                new FiniteTables(problem),
                policy,
                Follower.withBaselines(Arrays.copyOf(theta, theta.length), new double[0], new double[0]));
    }
}
