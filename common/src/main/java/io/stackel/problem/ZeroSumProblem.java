package io.stackel.problem;

/**
 * A finite problem whose lower level is played by two with opposed interests: the first maximises, the second minimises
 *
 * <pre>
 *   V^{p,q}(x) = E sum_t discount^t ( r_x(s_t,a_t,b_t) - tau log p(a_t|s_t) + tau log q(b_t|s_t) )     a ~ p, b ~ q
 * </pre>
 *
 * <p>and the lower level's answer is the equilibrium, where neither gains by leaving. The upper level minimises {@code
 * f(x, p, q) = -E sum_t discount^t u_x(s_t,a_t,b_t) + upperTerm(x)}.
 *
 * <p>As a {@link FiniteProblem} it is the process that an agent sees who moves both hands: an action is a joint action
 * {@code c = a * secondActions + b}, there is no leader's action, {@link #lowerReward} is the payoff r_x and {@link
 * #upperReward} the designer's reward u_x. That is what simulators play and what is counted; it is not what is solved.
 */
public interface ZeroSumProblem extends FiniteProblem {

    /** The number A of the first player's actions; a divisor of {@link #actions}. */
    int firstActions();

    /** The number B of the second player's actions. */
    default int secondActions() {
        return actions() / firstActions();
    }
}
