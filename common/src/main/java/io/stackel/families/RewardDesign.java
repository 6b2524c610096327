package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;

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
 * @param regularization the cost, at least 0
 */
record RewardDesign(MarkovGame game, double[] reward, double[] upperReward, double entropyWeight, double regularization)
        implements AddedReward {

    /** Generated: Dirichlet(1/2) transitions, rewards uniform on [0, 1), a Dirichlet(1) start. */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "reward-design",
            "a bonus on the follower's state-actions, at a quadratic cost, in a random decision process",
            RewardDesign::generate,
            Parameter.whole("states", 20, Range.closed(1, 10_000), "Number of states."),
            Parameter.whole("actions", 4, Range.closed(1, 1_000), "Number of the follower's actions."),
            RandomTables.SUCCESSORS,
            Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.2,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the follower's objective, in units of reward."),
            Parameter.real(
                    "cost",
                    0.05,
                    Range.NON_NEGATIVE,
                    "Cost of the bonus: the leader pays cost / 2 times its squared norm."),
            Parameter.whole(
                    "problemSeed", 0, Range.FINITE, "Seed of the random tables; the run's seed does not change them."));

    private static RewardDesign generate(Settings settings) {
        int states = settings.count("states");
        int actions = settings.count("actions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game =
                random.process(states, actions, RandomTables.successors(settings, states), settings.real("discount"));
        return new RewardDesign(
                game,
                random.uniform(LOWER_REWARD, states * actions),
                random.uniform(UPPER_REWARD, states * actions),
                settings.real("entropyWeight"),
                settings.real("cost"));
    }
}
