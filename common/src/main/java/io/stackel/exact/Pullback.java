package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Derivatives in the upper variable x of what a follower's cell is worth, for weights m(s,b) and a fixed value table V:
 *
 * <pre>
 *     sum_{s,b} m(s,b) d/dx ( r_x(s,b) + discount sum_t P_x(t|s,b) V(t) )
 *       = sum_{s,a,b} m(s,b) mu_x(a|s) ( dr_x(s,a,b)/dx + dlog mu_x(a|s)/dx ( r_x + discount P V )(s,a,b)
 *                                        + discount sum_t V(t) dP_x(t|s,a,b)/dx )
 * </pre>
 */
final class Pullback {

    private final FiniteProblem problem;
    private final int context;
    private final DenseVector upper;
    private final MarkovGame game;
    private final SparseTransitions joint;
    private final double[] leaderPolicy;
    private final double[] lowerReward;
    private final double[] upperReward;

    /**
     * Prepares the pullbacks of all tables at one x.
     *
     * @param average the transitions at it
     * @param leaderPolicy mu_x, S x A
     * @param lowerReward r_x, S x A x B
     * @param upperReward u_x, S x A x B
     */
    Pullback(
            ContextGame prepared,
            LeaderAverage average,
            DenseVector upper,
            double[] leaderPolicy,
            double[] lowerReward,
            double[] upperReward) {
        problem = prepared.problem();
        context = prepared.context();
        game = prepared.game();
        joint = average.joint();
        this.upper = upper;
        this.leaderPolicy = leaderPolicy;
        this.lowerReward = lowerReward;
        this.upperReward = upperReward;
    }

    /** Adds the derivative for the follower's reward r_x. */
    void addLower(double[] weights, double[] value, double[] into) {
        if (problem.dependence().lowerReward()) {
            problem.addLowerRewardGradient(upper, context, spread(weights), into);
        }
        addScores(weights, lowerReward, value, into);
    }

    /** Adds the derivative for the leader's reward u_x in place of r_x. */
    void addUpper(double[] weights, double[] value, double[] into) {
        if (problem.dependence().upperReward()) {
            problem.addUpperRewardGradient(upper, context, spread(weights), into);
        }
        addScores(weights, upperReward, value, into);
    }

    private void addScores(double[] weights, double[] table, double[] value, double[] into) {
        if (problem.dependence().transitions()) {
            double[] discounted = VectorMath.scaled(game.discount(), value);
            problem.addTransitionGradient(upper, context, spread(weights), discounted, into);
        }
        if (!problem.dependence().leaderPolicy()) {
            return;
        }
        double[] scores = new double[game.leaderCells()];
        for (int i = 0; i < table.length; i++) {
            double gain = table[i] + game.discount() * joint.expect(i, value);
            scores[leaderCell(i)] += leaderPolicy[leaderCell(i)] * weights[followerCell(i)] * gain;
        }
        for (int s = 0; s < game.states(); s++) {
            problem.addLeaderScores(upper, s, leaderPolicy, scores, into);
        }
    }

    /** The weights m(s,b) mu(a|s) of the joint cells. */
    private double[] spread(double[] weights) {
        double[] spread = new double[game.jointCells()];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = leaderPolicy[leaderCell(i)] * weights[followerCell(i)];
        }
        return spread;
    }

    private int leaderCell(int jointCell) {
        return jointCell / game.followerActions();
    }

    private int followerCell(int jointCell) {
        int actions = game.followerActions();
        return jointCell / game.jointActions() * actions + jointCell % actions;
    }
}
