package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.TransitionCounts;
import io.stackel.exact.ExactModel;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class CountedGameTest {

    private final RandomProblem problem = RandomProblem.of(5, 3, 2, 2, 0.3);
    private final MarkovGame real = problem.game();
    private final DenseVector upper = problem.point(1);

    @Test
    void anUnseenGameStaysWhereItIsAndPaysNothing() {
        CountedGame counted = new CountedGame(problem, 0, new long[(int) CountedGame.size(real)]);
        MarkovGame game = counted.game(0);
        for (int cell = 0; cell < 12; cell++) {
            for (int next = 0; next < 3; next++) {
                assertThat(game.transition()[3 * cell + next]).isEqualTo(next == cell / 4 ? 1 : 0);
            }
        }
        assertThat(lowerReward(counted)).containsOnly(0);
        assertThat(game.start()).isEqualTo(real.start());
        assertThat(game.discount()).isEqualTo(real.discount());
    }

    /** State 1: cell 4 seen four times (3 to state 0, 1 ended), cell 6 seen once (to state 2), the others never. */
    @Test
    void aPseudoCountIsALoopThatPaysTheMeanRewardSeenInTheState() {
        long[] counts = new long[(int) CountedGame.size(real)];
        counts[4 * 4] = 3;
        counts[4 * 4 + 3] = 1;
        counts[6 * 4 + 2] = 1;
        CountedGame counted = new CountedGame(problem, 0, counts);
        double[] transition = counted.game(0).transition();
        assertThat(Arrays.copyOfRange(transition, 12, 15)).containsExactly(3.0 / 5, 1.0 / 5, 0);
        assertThat(Arrays.copyOfRange(transition, 15, 18)).containsExactly(0, 1, 0);
        assertThat(Arrays.copyOfRange(transition, 18, 21)).containsExactly(0, 1.0 / 2, 1.0 / 2);
        double[] true4 = new double[12];
        problem.lowerReward(upper, 0, true4);
        double mean = (4 * true4[4] + true4[6]) / 5;
        double[] reward = lowerReward(counted);
        assertThat(reward[4]).isCloseTo((4 * true4[4] + mean) / 5, within(1e-15));
        assertThat(reward[5]).isCloseTo(mean, within(1e-15));
        assertThat(reward[6]).isCloseTo((true4[6] + mean) / 2, within(1e-15));
        assertThat(reward[0]).isZero();
        double[] upperReward = new double[12];
        counted.upperReward(upper, 0, upperReward);
        double[] trueUpper = new double[12];
        problem.upperReward(upper, 0, trueUpper);
        assertThat(upperReward[5]).isCloseTo((4 * trueUpper[4] + trueUpper[6]) / 5, within(1e-15));
    }

    @Test
    void expectedCountsConvergeToTheTrueGame() {
        double last = Double.POSITIVE_INFINITY;
        for (long n : new long[] {100, 10_000, 1_000_000}) {
            double error = error(n);
            assertThat(error).isLessThan(last / 50);
            last = error;
        }
        assertThat(last).isLessThan(1e-4);
    }

    /** The distance between optimal values when every cell was seen n times, in its true proportions. */
    private double error(long n) {
        long[] counts = new long[(int) CountedGame.size(real)];
        for (int cell = 0; cell < 12; cell++) {
            long rest = n;
            for (int next = 0; next < 3; next++) {
                counts[4 * cell + next] = Math.round(n * real.transition()[3 * cell + next]);
                rest -= counts[4 * cell + next];
            }
            counts[4 * cell + 3] = Math.max(0, rest);
        }
        double[] exact = best(new ExactModel(problem, 0)).value();
        double[] estimated = best(new ExactModel(new CountedGame(problem, 0, counts), 0))
                .value()
                .clone();
        VectorMath.addScaled(-1, exact, estimated);
        return VectorMath.norm(estimated);
    }

    private SoftOptimum best(ExactModel model) {
        return model.at(upper).best(0.1, 1e-13, new double[0]);
    }

    @Test
    void addedCountsAreANewTable() {
        long[] counts = {1, 2, 3, 4};
        long[] sum = CountedGame.add(counts, new TransitionCounts.Sorted(new long[] {1, 3}, new long[] {10, 20}));
        assertThat(sum).containsExactly(1, 12, 3, 24);
        assertThat(counts).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theLeaderIsTheProblemsOwn() {
        CountedGame counted = new CountedGame(problem, 0, new long[(int) CountedGame.size(real)]);
        double[] got = new double[6];
        counted.leaderPolicy(upper, got);
        double[] wanted = new double[6];
        problem.leaderPolicy(upper, wanted);
        assertThat(got).containsExactly(wanted);
        assertThat(counted.upperSize()).isEqualTo(problem.upperSize());
        assertThat(counted.entropyWeight()).isEqualTo(0.3);
        assertThat(counted.dependence()).isEqualTo(problem.dependence());
    }

    private double[] lowerReward(CountedGame counted) {
        double[] reward = new double[12];
        counted.lowerReward(upper, 0, reward);
        return reward;
    }
}
