package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.TRANSITION;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.math.Softmax;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
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

    /** Generated: Dirichlet(1) transitions, rewards uniform on [0, 1), a uniform start. */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "stackelberg",
            "a leader's policy in a random Markov game against a best-responding follower",
            Stackelberg::generate,
            Parameter.whole("states", 100, Range.closed(1, 10_000), "Number of states."),
            Parameter.whole("leaderActions", 5, Range.closed(1, 1_000), "Number of the leader's actions."),
            Parameter.whole("followerActions", 5, Range.closed(1, 1_000), "Number of the follower's actions."),
            RandomTables.SUCCESSORS,
            Parameter.real("discount", 0.95, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.1,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the follower's objective, in units of reward."),
            Parameter.whole(
                    "problemSeed", 0, Range.FINITE, "Seed of the random tables; the run's seed does not change them."));

    private static Stackelberg generate(Settings settings) {
        int states = settings.count("states");
        int leaderActions = settings.count("leaderActions");
        int followerActions = settings.count("followerActions");
        int cells = RandomTables.cells(states, leaderActions, followerActions);
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = new MarkovGame(
                states,
                leaderActions,
                followerActions,
                random.transitions(
                        states,
                        leaderActions * followerActions,
                        random.flatDirichlet(TRANSITION, cells, RandomTables.successors(settings, states))),
                RandomTables.even(states),
                settings.real("discount"));
        return new Stackelberg(
                game,
                random.uniform(LOWER_REWARD, cells),
                random.uniform(UPPER_REWARD, cells),
                settings.real("entropyWeight"));
    }

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
