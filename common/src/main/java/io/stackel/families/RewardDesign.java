package io.stackel.families;

import io.stackel.mdp.MarkovGame;

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
        implements AddedReward {

    @Override
    public double regularization() {
        return cost;
    }
}
