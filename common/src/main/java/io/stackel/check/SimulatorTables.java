package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.TransitionCounts;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.GameTables;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem's own simulator against its tables, in one context. The simulator does not show the leader's action,
 * so tables are averaged over it: with v a random direction and phi random values of the next state,
 *
 * <pre>
 *     P(next | s, b)         sum_a mu P                          by frequencies
 *     E[ r | s, b ]          sum_a mu r                          u alike
 *     E[ v grad r | s, b ]   sum_a mu D_v r                      u alike; D_v by central differences
 *     E[ v score | s, b ]    0
 *     E[ v score ( phi(next) + r + u ) | s, b ]     D_v sum_a mu ( P phi + r + u ), r and u held fixed
 * </pre>
 *
 * <p>where the last catches scores of a wrong sign or size, whose mean is zero as well.
 */
final class SimulatorTables {

    private static final double ROUNDING = 64 * CentralDifference.ROUNDING;

    private final CheckedContext<? extends FiniteProblem> scene;
    private final MarkovGame game;
    private final GameTables tables;
    private final double[] direction;
    private final double[] outcomes;
    private final double[] weights;
    private final TransitionCounts starts;
    private final TransitionCounts transitions;
    private final List<Martingale> martingales = new ArrayList<>();
    private final List<CentralDifference> means = new ArrayList<>();
    private long strange;

    SimulatorTables(CheckedContext<? extends FiniteProblem> scene) {
        this.scene = scene;
        DenseVector upper = scene.upper();
        game = scene.problem().game(upper, scene.context());
        tables = GameTables.of(scene.problem(), upper, scene.context());
        starts = new TransitionCounts(game.states());
        transitions = new TransitionCounts(game.followerCells() * (game.states() + 1L));
        Directions random = scene.random();
        direction = random.normal(Use.UPPER, 0, upper.size());
        outcomes = random.normal(Use.OUTCOMES, 0, game.states() + 1);
        weights = random.normal(Use.WEIGHTS, 3, game.followerCells());
        double[] leader = tables.leaderPolicy();
        double[] joint = tables.lowerReward();
        double[] upperJoint = tables.upperReward();
        double tolerance = ROUNDING * Math.max(VectorMath.maxAbs(joint), VectorMath.maxAbs(upperJoint));
        String given = "less their mean given state and action, times random weights";
        compare("rewards", given, constant(game.followerTable(leader, joint), tolerance));
        compare("upper rewards", given, constant(game.followerTable(leader, upperJoint), tolerance));
        compare("reward gradients", given, derivative(x -> game.followerTable(leader, at(x).lowerReward())));
        compare("upper reward gradients", given, derivative(x -> game.followerTable(leader, at(x).upperReward())));
        compare(
                "scores",
                "which have mean zero, times random weights",
                constant(new double[game.followerCells()], ROUNDING));
        compare(
                "scores times outcomes",
                "less their mean, the outcomes' derivative",
                derivative(x -> game.followerTable(at(x).leaderPolicy(), gains(x))));
    }

    /** What steps are compared with: the mean of every cell, and how far it may be off. */
    private void compare(String name, String what, CentralDifference mean) {
        String finding = "simulator " + name + " against tables" + scene.where();
        martingales.add(new Martingale(finding, name + " " + what, 2));
        means.add(mean);
    }

    private static CentralDifference constant(double[] table, double tolerance) {
        double[] bound = new double[table.length];
        Arrays.fill(bound, tolerance);
        return new CentralDifference(table, bound);
    }

    private GameTables at(DenseVector x) {
        return GameTables.of(scene.problem(), x, scene.context());
    }

    /** What the last identity multiplies a score with: P phi + r + u for every joint action. */
    private double[] gains(DenseVector x) {
        Transitions transitions = scene.problem().game(x, scene.context()).transitions();
        double[] gains = new double[game.jointCells()];
        for (int cell = 0; cell < gains.length; cell++) {
            gains[cell] = VectorMath.dot(LockstepTables.withEnd(transitions, cell), outcomes)
                    + tables.lowerReward()[cell]
                    + tables.upperReward()[cell];
        }
        return gains;
    }

    private CentralDifference derivative(Function<DenseVector, double[]> table) {
        double[] noise = new double[game.followerCells()];
        Arrays.fill(noise, ROUNDING * VectorMath.maxAbs(table.apply(scene.upper())));
        return CentralDifference.along(
                x -> table.apply(new DenseVector(x)), scene.upper().values(), direction, noise);
    }

    /** Plays trajectories of the simulator and compares. */
    void check(int horizon) {
        Playthrough play = new Playthrough(scene, horizon);
        Simulator simulator = play.simulator(scene.upper().values());
        for (long i = 0; i < scene.rule().units(); i++) {
            PlayedTrajectory played = play.play(simulator, i);
            if (isState(played.start())) {
                starts.add((long) played.start()[0], 1);
            }
            played.moves().forEach(move -> add(move.before(), (int) move.action()[0], move.step(), move.after()));
        }
        CheckResults results = scene.results();
        results.add(new Finding(
                "simulator observations are states" + scene.where(),
                strange,
                0,
                "observations of a finite problem must be numbers of states, 0 to " + (game.states() - 1)
                        + "; the error counts those that are not"));
        results.add(new CountedRows(1, game.states(), starts.sorted())
                .frequencies(
                        "simulator starts against tables" + scene.where(), "first state", ignored -> game.start()));
        Transitions averaged =
                Transitions.of(game.states(), game.followerActions(), game.followerTransition(tables.leaderPolicy()));
        results.add(new CountedRows(game.followerCells(), game.states() + 1, transitions.sorted())
                .frequencies(
                        "simulator transitions against tables" + scene.where(),
                        "next state or end after state and follower's action",
                        row -> LockstepTables.withEnd(averaged, row)));
        martingales.forEach(one -> results.add(one.evidence()));
    }

    private void add(double[] before, int action, Step step, double[] after) {
        boolean end = step.terminated();
        if (!isState(before) || (!end && !isState(after))) {
            return;
        }
        int next = end ? game.states() : (int) after[0];
        int cell = ((int) before[0]) * game.followerActions() + action;
        transitions.add(cell * (game.states() + 1L) + next, 1);
        double score = step.upperScore().dot(direction);
        double gain = outcomes[next] + step.lowerReward() + step.upperReward();
        double[] values = {
            step.lowerReward(),
            step.upperReward(),
            step.lowerRewardGradient().dot(direction),
            step.upperRewardGradient().dot(direction),
            score,
            score * gain
        };
        for (int i = 0; i < values.length; i++) {
            CentralDifference mean = means.get(i);
            martingales.get(i).add(values[i] - mean.value()[cell], mean.bound()[cell], 1, weights[cell]);
        }
    }

    private boolean isState(double[] observation) {
        boolean state = observation[0] >= 0
                && observation[0] < game.states()
                && observation[0] == StrictMath.rint(observation[0]);
        strange += state ? 0 : 1;
        return state;
    }
}
