package io.stackel.check;

import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;

/**
 * The engine's sampler of finite problems against the tables, in one context: counted transitions, ends and starts under
 * uniform actions of the follower, actions of the leader, actions of the follower's policy.
 */
final class LockstepTables {

    private static final double ENDLESS = 1e-9;
    private static final int UNITS_PER_CHUNK = 64;

    private final FiniteProblem problem;
    private final int context;
    private final MarkovGame game;
    private final CheckPoint at;
    private final CheckRule rule;
    private final ChunkEvaluator.Source source;
    private final double[] logPolicy;
    private final String where;

    /**
     * Prepares a context.
     *
     * @param logPolicy log-probabilities of the policy at the point, S x B
     * @param where an addition to the names of findings
     */
    LockstepTables(
            FiniteProblem problem,
            int context,
            CheckPoint at,
            CheckRule rule,
            ChunkEvaluator.Source source,
            double[] logPolicy,
            String where) {
        this.problem = problem;
        this.context = context;
        this.at = at;
        this.rule = rule;
        this.source = source;
        this.logPolicy = logPolicy;
        this.where = where;
        game = problem.game(at.upper(), context);
    }

    List<Evidence> check(int horizon) {
        CountedRows uniform = count(1, horizon);
        FrequencyTest transitions = test("transitions", "next state or end after state and joint action");
        uniform.addTo(transitions, row -> withEnd(game.transition(), row, game.states()));
        FrequencyTest leaders = test("leader's actions", "leader's action in a state");
        double[] leaderPolicy = new double[game.leaderCells()];
        problem.leaderPolicy(at.upper(), leaderPolicy);
        uniform.regrouped(game.states(), game.leaderActions(), cell -> cell / game.followerActions())
                .addTo(leaders, s -> row(leaderPolicy, s, game.leaderActions()));
        FrequencyTest followers = test("follower's actions", "follower's action in a state");
        count(0, horizon)
                .regrouped(game.states(), game.followerActions(), this::followerCell)
                .addTo(followers, this::policy);
        FrequencyTest starts = test("starts", "first state");
        count(1, 1)
                .regrouped(1, game.states(), cell -> cell / game.jointActions())
                .addTo(starts, ignored -> game.start());
        return List.of(transitions.evidence(), leaders.evidence(), followers.evidence(), starts.evidence());
    }

    private FrequencyTest test(String name, String what) {
        return new FrequencyTest("engine " + name + " against tables" + where, what);
    }

    /** Counts of trajectories of which a share explores with uniform actions. */
    private CountedRows count(double exploration, int horizon) {
        Estimand estimand = new CountedTransitions(Purpose.CHECK, 1, rule.units(), 0, 0, 0, exploration);
        BatchRequest request = rule.request(
                context, horizon, UNITS_PER_CHUNK, at.upper(), List.of(Follower.plain(at.lower())), estimand);
        try (LocalOracle oracle = LocalOracle.single(source)) {
            BatchResult result = oracle.evaluate(request, "transitions against tables");
            return new CountedRows(game.jointCells(), game.states() + 1, result.transitions());
        }
    }

    private int followerCell(int cell) {
        return cell / game.jointActions() * game.followerActions() + cell % game.followerActions();
    }

    private double[] policy(int state) {
        double[] probabilities = row(logPolicy, state, game.followerActions());
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] = StrictMath.exp(probabilities[b]);
        }
        return probabilities;
    }

    private static double[] row(double[] table, int row, int width) {
        return Arrays.copyOfRange(table, row * width, (row + 1) * width);
    }

    /** A row of transition probabilities followed by the probability of the end. */
    static double[] withEnd(double[] table, int row, int states) {
        double[] probabilities = Arrays.copyOfRange(table, row * states, (row + 1) * states + 1);
        double end = 1;
        for (int t = 0; t < states; t++) {
            end -= probabilities[t];
        }
        probabilities[states] = end > ENDLESS ? end : 0;
        return probabilities;
    }
}
