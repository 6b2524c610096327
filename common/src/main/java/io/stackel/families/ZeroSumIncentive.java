package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
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
 * @param reward r, the payoff, S x A x B
 * @param upperReward u, the designer's, S x A x B
 * @param entropyWeight tau, at least 0
 * @param regularization the cost, at least 0
 */
record ZeroSumIncentive(
        MarkovGame game,
        int firstActions,
        double[] reward,
        double[] upperReward,
        double entropyWeight,
        double regularization)
        implements ZeroSumProblem, AddedReward {

    /**
     * Generated: Dirichlet(1/2) transitions, payoffs uniform on [-1, 1), the designer's rewards uniform on [0, 1), a
     * Dirichlet(1) start.
     */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "zero-sum-incentive",
            "an incentive on the joint actions of a random zero-sum Markov game, to steer its equilibrium",
            ZeroSumIncentive::generate,
            Parameter.whole("states", 10, Range.closed(1, 10_000), "Number of states."),
            Parameter.whole("firstActions", 4, Range.closed(1, 200), "Number of the first player's actions."),
            Parameter.whole("secondActions", 4, Range.closed(1, 200), "Number of the second player's actions."),
            Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.2,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in both players' objectives, in units of payoff."),
            Parameter.real(
                    "cost",
                    0.05,
                    Range.NON_NEGATIVE,
                    "Cost of the incentive: the designer pays cost / 2 times its squared norm."),
            Parameter.whole(
                    "problemSeed", 0, Range.FINITE, "Seed of the random tables; the run's seed does not change them."));

    private static ZeroSumIncentive generate(Settings settings) {
        int states = settings.count("states");
        int firstActions = settings.count("firstActions");
        int joint = firstActions * settings.count("secondActions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = random.process(states, joint, states, settings.real("discount"));
        double[] payoff = random.uniform(LOWER_REWARD, states * joint);
        for (int i = 0; i < payoff.length; i++) {
            payoff[i] = 2 * payoff[i] - 1;
        }
        return new ZeroSumIncentive(
                game,
                firstActions,
                payoff,
                random.uniform(UPPER_REWARD, states * joint),
                settings.real("entropyWeight"),
                settings.real("cost"));
    }
}
