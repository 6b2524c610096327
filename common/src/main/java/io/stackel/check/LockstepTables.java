package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The engine's sampler of finite problems against the tables, in one context: counted transitions, ends and starts under
 * uniform actions of the follower, actions of the leader, actions of the follower's policy.
 */
final class LockstepTables {

    private static final double ENDLESS = 1e-9;
    private static final int UNITS_PER_CHUNK = 64;

    private final CheckedContext<? extends FiniteProblem> scene;
    private final MarkovGame game;
    private final double[] logPolicy;

    /**
     * Prepares a context.
     *
     * @param logPolicy log-probabilities of the policy at the point, S x B
     */
    LockstepTables(CheckedContext<? extends FiniteProblem> scene, double[] logPolicy) {
        this.scene = scene;
        this.logPolicy = logPolicy;
        game = scene.problem().game(scene.upper(), scene.context());
    }

    void check(int horizon) {
        CountedRows uniform = count(1, horizon);
        compare(
                "transitions",
                "next state or end after state and joint action",
                uniform,
                row -> withEnd(game.transitions(), row));
        double[] leaderPolicy = new double[game.leaderCells()];
        scene.problem().leaderPolicy(scene.upper(), leaderPolicy);
        compare(
                "leader's actions",
                "leader's action in a state",
                uniform.regrouped(game.states(), game.leaderActions(), cell -> cell / game.followerActions()),
                s -> row(leaderPolicy, s, game.leaderActions()));
        compare(
                "follower's actions",
                "follower's action in a state",
                count(0, horizon).regrouped(game.states(), game.followerActions(), this::followerCell),
                this::policy);
        compare(
                "starts",
                "first state",
                count(1, 1).regrouped(1, game.states(), cell -> cell / game.jointActions()),
                ignored -> game.start());
    }

    private void compare(String name, String what, CountedRows rows, IntFunction<double[]> probabilities) {
        scene.results()
                .add(rows.frequencies("engine " + name + " against tables" + scene.where(), what, probabilities));
    }

    /** Counts of trajectories of which a share explores with uniform actions. */
    private CountedRows count(double exploration, int horizon) {
        Estimand estimand =
                new CountedTransitions(Purpose.CHECK, 1, scene.rule().units(), 0, 0, 0, exploration);
        List<Follower> followers = List.of(Follower.plain(scene.at().lower()));
        BatchRequest request = scene.request(horizon, UNITS_PER_CHUNK, followers, estimand);
        return new CountedRows(
                game.jointCells(), game.states() + 1, scene.evaluate(request).transitions());
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
    static double[] withEnd(Transitions transitions, int row) {
        int states = transitions.states();
        double[] probabilities = new double[states + 1];
        transitions.addRow(row, 1, 0, probabilities);
        double end = 1;
        for (int t = 0; t < states; t++) {
            end -= probabilities[t];
        }
        probabilities[states] = end > ENDLESS ? end : 0;
        return probabilities;
    }
}
