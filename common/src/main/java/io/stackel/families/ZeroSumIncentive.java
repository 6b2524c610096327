package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.ZeroSumProblem;

/**
 * A designer adds an incentive x(s,a,b) to the payoff of a zero-sum Markov game and pays for it, to steer its equilibrium:
 *
 * <pre>
 *   lower:  player 1 maximises, player 2 minimises  V = E sum_t discount^t ( r(s,a,b) + x(s,a,b) - tau log p(a|s) + tau log q(b|s) )
 *   upper:  min over x of   f = -E sum_t discount^t u(s_t,a_t,b_t)  +  cost/2 |x|^2
 * </pre>
 *
 * <p>Source: the incentive design of Shen, Yang, Chen, Principled penalty-based methods for bilevel reinforcement learning
 * and RLHF, JMLR 26 (114), 2025, section 6.3. The tables and the quadratic cost are this project's.
 *
 * @param game the process of joint actions, S x (A B), without a leader
 * @param firstActions A
 * @param payoff r, S x A x B
 * @param designerReward u, S x A x B
 * @param entropyWeight tau, at least 0
 * @param cost at least 0
 */
record ZeroSumIncentive(
        MarkovGame game, int firstActions, double[] payoff, double[] designerReward, double entropyWeight, double cost)
        implements ZeroSumProblem, AddedReward {

    @Override
    public double[] reward() {
        return payoff;
    }

    @Override
    public double[] upperReward() {
        return designerReward;
    }

    @Override
    public double regularization() {
        return cost;
    }
}
