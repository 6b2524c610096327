package io.stackel.algorithm;

import io.stackel.estimate.TransitionCounts;
import io.stackel.mdp.CountedProcess;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem whose dynamics are estimated from counted transitions, in one context.
 *
 * <p>Counts are of joint actions, so that they stay valid while the leader's policy moves; what was never seen is as {@link
 * CountedProcess} says. Rewards of joint actions that were seen are read from the problem, which is what a sample shows,
 * since they are functions of (s, a, b) and x.
 *
 * <p>Its exact values are those of {@code new ExactModel(countedGame, 0).at(upper)}.
 */
public final class CountedGame implements FiniteProblem {

    private final FiniteProblem problem;
    private final int context;
    private final CountedProcess process;

    /**
     * A game from counts.
     *
     * @param problem the real one
     * @param context of the real one; the counted game has no others, and ignores the context that it is asked for
     * @param counts tallies by {@code cell * (S + 1) + next}, next = S for termination
     */
    public CountedGame(FiniteProblem problem, int context, long[] counts) {
        this.problem = problem;
        this.context = context;
        MarkovGame real = problem.game(context);
        process = CountedProcess.of(
                real.states(),
                real.leaderActions(),
                real.followerActions(),
                real.start(),
                real.discount(),
                counts);
    }

    /** The length of a table of counts of a real game. */
    public static long size(MarkovGame game) {
        return CountedProcess.size(game.states(), game.jointActions());
    }

    /** Counts with those of a batch added, whose estimands say {@code counted}; a new array. */
    public static long[] add(long[] counts, TransitionCounts.Sorted batch) {
        long[] sum = counts.clone();
        for (int i = 0; i < batch.keys().length; i++) {
            sum[Math.toIntExact(batch.keys()[i])] += batch.tallies()[i];
        }
        return sum;
    }

    @Override
    public MarkovGame game(int ignored) {
        return process.game();
    }

    @Override
    public int upperSize() {
        return problem.upperSize();
    }

    @Override
    public double entropyWeight() {
        return problem.entropyWeight();
    }

    @Override
    public Dependence dependence() {
        return problem.dependence();
    }

    /** The experts of inverse reinforcement learning are the real problem's: their likelihood is read off the policy alone. */
    @Override
    public <T> Optional<T> as(Class<T> kind) {
        return kind == InverseProblem.class ? problem.as(kind) : FiniteProblem.super.as(kind);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return problem.upperTerm(upper);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        problem.addUpperTermGradient(upper, into);
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        problem.leaderPolicy(upper, into);
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        problem.addLeaderScores(upper, state, leaderPolicy, weights, into);
    }

    @Override
    public void lowerReward(DenseVector upper, int ignored, double[] into) {
        problem.lowerReward(upper, context, into);
        process.shrink(into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        problem.addLowerRewardGradient(upper, context, process.shrinkTransposed(weights), into);
    }

    @Override
    public void upperReward(DenseVector upper, int ignored, double[] into) {
        problem.upperReward(upper, context, into);
        process.shrink(into);
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        problem.addUpperRewardGradient(upper, context, process.shrinkTransposed(weights), into);
    }
}
