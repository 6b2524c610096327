package io.stackel.algorithm;

import io.stackel.estimate.TransitionCounts;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.Arrays;
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
     * A game from a full table of counts.
     *
     * @param problem the real one
     * @param context of the real one; the counted game has no others, and ignores the context that it is asked for
     * @param counts tallies by {@code cell * (S + 1) + next}, next = S for termination
     */
    public CountedGame(FiniteProblem problem, int context, long[] counts) {
        this(problem, context, TransitionCounts.Sorted.of(counts));
    }

    /** A game from the counts of what was seen, with the same keys. */
    public CountedGame(FiniteProblem problem, int context, TransitionCounts.Sorted counts) {
        this.problem = problem;
        this.context = context;
        MarkovGame real = problem.game(context);
        visits = new long[real.jointCells()];
        for (int i = 0; i < counts.keys().length; i++) {
            visits[(int) (counts.keys()[i] / (real.states() + 1))] += counts.tallies()[i];
        }
        game = new MarkovGame(
                real.states(),
                real.leaderActions(),
                real.followerActions(),
                transitions(real, counts),
                real.start(),
                real.discount());
    }

    /** Counts and the pseudo-count of each row, over its visits and one. */
    private Transitions transitions(MarkovGame real, TransitionCounts.Sorted counts) {
        int states = real.states();
        int[] start = new int[visits.length + 1];
        int[] next = new int[counts.keys().length + visits.length];
        double[] probability = new double[next.length];
        int read = 0;
        int filled = 0;
        for (int cell = 0; cell < visits.length; cell++) {
            double rows = visits[cell] + 1.0;
            int here = cell / real.jointActions();
            boolean looped = false;
            long first = cell * (states + 1L);
            for (; read < counts.keys().length && counts.keys()[read] <= first + states; read++) {
                int to = (int) (counts.keys()[read] - first);
                if (!looped && to > here) {
                    next[filled] = here;
                    probability[filled++] = 1 / rows;
                }
                looped |= to >= here;
                if (to < states) {
                    next[filled] = to;
                    probability[filled++] = counts.tallies()[read] / rows + (to == here ? 1 / rows : 0);
                }
            }
            if (!looped) {
                next[filled] = here;
                probability[filled++] = 1 / rows;
            }
            start[cell + 1] = filled;
        }
        return new Transitions(
                states, real.jointActions(), start, Arrays.copyOf(next, filled), Arrays.copyOf(probability, filled));
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
