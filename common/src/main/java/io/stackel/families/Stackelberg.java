package io.stackel.families;

import io.stackel.math.Softmax;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The leader of a Markov game commits to a policy with softmax logits x(s,a); both see the state and move at once:
 *
 * <pre>
 *   lower:  max over pi of  J = E sum_t discount^t ( r(s_t,a_t,b_t) - tau log pi(b_t|s_t) )     a ~ mu_x, b ~ pi
 *   upper:  min over x of   f = -E sum_t discount^t u(s_t,a_t,b_t)
 * </pre>
 *
 * <p>Source: Shen, Yang, Chen, Principled penalty-based methods for bilevel reinforcement learning and RLHF, JMLR 26
 * (114), 2025, section 6.1.
 *
 * @param game the dynamics
 * @param reward r, S x A x B
 * @param upperReward u, S x A x B
 * @param entropyWeight tau, at least 0
 */
record Stackelberg(MarkovGame game, double[] reward, double[] upperReward, double entropyWeight)
        implements FiniteProblem {

    @Override
    public int upperSize() {
        return game.leaderCells();
    }

    @Override
    public MarkovGame game(int context) {
        return game;
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        int actions = game.leaderActions();
        for (int row = 0; row < game.leaderCells(); row += actions) {
            Softmax.probabilities(upper.values(), row, actions, into);
        }
    }

    /** The score of (s,a) is the unit vector of (s,a) minus mu_x(.|s). */
    @Override
    public boolean upperIsLeaderLogits() {
        return true;
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        int from = state * game.leaderActions();
        int to = from + game.leaderActions();
        double total = 0;
        for (int cell = from; cell < to; cell++) {
            total += weights[cell];
        }
        for (int cell = from; cell < to; cell++) {
            into[cell] += weights[cell] - total * leaderPolicy[cell];
        }
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(reward, 0, into, 0, reward.length);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(upperReward, 0, into, 0, upperReward.length);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(true, false, false);
    }
}
