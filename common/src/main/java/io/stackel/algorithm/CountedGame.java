package io.stackel.algorithm;

import io.stackel.estimate.TransitionCounts;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem whose dynamics are estimated from counted transitions, in one context.
 *
 * <p>Counts are of joint actions, so that they stay valid while the leader's policy moves. Each row has one pseudo-count:
 * a self-loop that pays the state's mean reward over the joint actions seen there. Rewards of joint actions that were
 * seen are read from the problem, which is what a sample shows, since they are functions of (s, a, b) and x.
 *
 * <p>Its exact values are those of {@code new ExactModel(countedGame, 0).at(upper)}.
 */
public final class CountedGame implements FiniteProblem {

    private final FiniteProblem problem;
    private final int context;
    private final MarkovGame game;
    private final long[] visits;

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
        int states = real.states();
        visits = new long[real.jointCells()];
        double[] transition = new double[real.jointCells() * states];
        for (int cell = 0; cell < visits.length; cell++) {
            int from = cell * (states + 1);
            for (int next = 0; next <= states; next++) {
                visits[cell] += counts[from + next];
            }
            double rows = visits[cell] + 1.0;
            for (int next = 0; next < states; next++) {
                transition[cell * states + next] = counts[from + next] / rows;
            }
            transition[cell * states + cell / real.jointActions()] += 1 / rows;
        }
        game = new MarkovGame(
                states, real.leaderActions(), real.followerActions(), transition, real.start(), real.discount());
    }

    /** The length of a table of counts of a real game. */
    public static long size(MarkovGame game) {
        return (long) game.jointCells() * (game.states() + 1);
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
        return game;
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
        shrink(into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        problem.addLowerRewardGradient(upper, context, shrinkTransposed(weights), into);
    }

    @Override
    public void upperReward(DenseVector upper, int ignored, double[] into) {
        problem.upperReward(upper, context, into);
        shrink(into);
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        problem.addUpperRewardGradient(upper, context, shrinkTransposed(weights), into);
    }

    /** {@code r(cell) <- ( n(cell) r(cell) + mean of the state ) / ( n(cell) + 1 )}, n the visits. */
    private void shrink(double[] rewards) {
        int joint = game.jointActions();
        for (int s = 0; s < game.states(); s++) {
            double total = 0;
            long seen = 0;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                total += visits[cell] * rewards[cell];
                seen += visits[cell];
            }
            double mean = seen == 0 ? 0 : total / seen;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                rewards[cell] = (visits[cell] * rewards[cell] + mean) / (visits[cell] + 1.0);
            }
        }
    }

    /** Weights of shrunk rewards as weights of the real ones: {@link #shrink} is linear. */
    private double[] shrinkTransposed(double[] weights) {
        double[] real = new double[weights.length];
        int joint = game.jointActions();
        for (int s = 0; s < game.states(); s++) {
            double ofMean = 0;
            long seen = 0;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                real[cell] = weights[cell] / (visits[cell] + 1.0);
                ofMean += real[cell];
                seen += visits[cell];
            }
            double each = seen == 0 ? 0 : ofMean / seen;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                real[cell] = visits[cell] * (real[cell] + each);
            }
        }
        return real;
    }
}
