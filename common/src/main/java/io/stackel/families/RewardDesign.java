package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The leader adds a bonus x(s,b) to the follower's reward and pays for it:
 *
 * <pre>
 *   lower:  max over pi of  J = E sum_t discount^t ( r(s_t,b_t) + x(s_t,b_t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f = -E sum_t discount^t u(s_t,b_t)  +  cost/2 |x|^2
 * </pre>
 *
 * @param game the follower's decision process: a leader with one action
 * @param reward r, S x B
 * @param upperReward u, S x B
 * @param entropyWeight tau, at least 0
 * @param cost at least 0
 */
record RewardDesign(MarkovGame game, double[] reward, double[] upperReward, double entropyWeight, double cost)
        implements FiniteProblem {

    @Override
    public int upperSize() {
        return reward.length;
    }

    @Override
    public MarkovGame game(int context) {
        return game;
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(reward, 0, into, 0, reward.length);
        VectorMath.addScaled(1, upper.values(), into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        VectorMath.addScaled(1, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(upperReward, 0, into, 0, upperReward.length);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return cost / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(cost, upper.values(), into);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
