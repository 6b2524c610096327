package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.TransitionCounts;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
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
final class SimulatorTables implements Playthrough.Witness {

    private static final double ROUNDING = 64 * CentralDifference.ROUNDING;

    private final FiniteProblem problem;
    private final int context;
    private final MarkovGame game;
    private final DenseVector upper;
    private final double[] direction;
    private final double[] outcomes;
    private final double[] weights;
    private final double[] leaderPolicy;
    private final double[] reward;
    private final double[] upperReward;
    private final CentralDifference rewardGradient;
    private final CentralDifference upperRewardGradient;
    private final CentralDifference scoreMoment;
    private final double tolerance;
    private final TransitionCounts starts;
    private final TransitionCounts transitions;
    private final List<Martingale> martingales = new ArrayList<>();
    private final String where;
    private long strange;

    SimulatorTables(FiniteProblem problem, int context, DenseVector upper, Directions random, String where) {
        this.problem = problem;
        this.context = context;
        this.upper = upper;
        this.where = where;
        game = problem.game(upper, context);
        starts = new TransitionCounts(game.states());
        transitions = new TransitionCounts(game.followerCells() * (game.states() + 1L));
        direction = random.normal(Use.UPPER, 0, upper.size());
        outcomes = random.normal(Use.OUTCOMES, 0, game.states() + 1);
        weights = random.normal(Use.WEIGHTS, 3, game.followerCells());
        leaderPolicy = leaderPolicy(upper);
        double[] joint = lowerReward(upper);
        double[] upperJoint = upperReward(upper);
        reward = game.followerTable(leaderPolicy, joint);
        upperReward = game.followerTable(leaderPolicy, upperJoint);
        tolerance = ROUNDING * Math.max(VectorMath.maxAbs(joint), VectorMath.maxAbs(upperJoint));
        rewardGradient = derivative(x -> game.followerTable(leaderPolicy, lowerReward(x)));
        upperRewardGradient = derivative(x -> game.followerTable(leaderPolicy, upperReward(x)));
        scoreMoment = derivative(
                x -> game.followerTable(leaderPolicy(x), gains(problem.game(x, context), joint, upperJoint)));
        for (String what : List.of("rewards", "upper rewards", "reward gradients", "upper reward gradients")) {
            martingales.add(martingale(what, "less their mean given state and action, times random weights"));
        }
        martingales.add(martingale("scores", "which have mean zero, times random weights"));
        martingales.add(martingale("scores times outcomes", "less their mean, the outcomes' derivative"));
    }

    private Martingale martingale(String name, String what) {
        return new Martingale("simulator " + name + " against tables" + where, name + " " + what, 2);
    }

    /** What the last identity multiplies a score with: P phi + r + u for every joint action. */
    private double[] gains(MarkovGame moved, double[] joint, double[] upperJoint) {
        double[] gains = new double[joint.length];
        for (int cell = 0; cell < gains.length; cell++) {
            gains[cell] = VectorMath.dot(LockstepTables.withEnd(moved.transition(), cell, game.states()), outcomes)
                    + joint[cell]
                    + upperJoint[cell];
        }
        return gains;
    }

    private CentralDifference derivative(Function<DenseVector, double[]> table) {
        double[] noise = new double[game.followerCells()];
        Arrays.fill(noise, ROUNDING * VectorMath.maxAbs(table.apply(upper)));
        return CentralDifference.along(x -> table.apply(new DenseVector(x)), upper.values(), direction, noise);
    }

    /**
     * Plays trajectories of the simulator and compares.
     *
     * @param findings receives what does not rest on chance
     */
    List<Evidence> check(Playthrough play, long trajectories, List<Finding> findings) {
        play.play(play.simulator(upper.values()), 0, trajectories, this);
        findings.add(new Finding(
                "simulator observations are states" + where,
                strange,
                0,
                "observations of a finite problem must be numbers of states, 0 to " + (game.states() - 1)
                        + "; the error counts those that are not"));
        FrequencyTest start = new FrequencyTest("simulator starts against tables" + where, "first state");
        new CountedRows(1, game.states(), starts.sorted()).addTo(start, ignored -> game.start());
        FrequencyTest moves = new FrequencyTest(
                "simulator transitions against tables" + where, "next state or end after state and follower's action");
        double[] table = game.followerTransition(leaderPolicy);
        new CountedRows(game.followerCells(), game.states() + 1, transitions.sorted())
                .addTo(moves, row -> LockstepTables.withEnd(table, row, game.states()));
        List<Evidence> evidence = new ArrayList<>(List.of(start.evidence(), moves.evidence()));
        martingales.forEach(one -> evidence.add(one.evidence()));
        return evidence;
    }

    @Override
    public void started(double[] observation) {
        if (isState(observation)) {
            starts.add((long) observation[0], 1);
        }
    }

    @Override
    public void stepped(double[] before, double[] action, Step step, double[] after) {
        boolean end = step.terminated();
        if (!isState(before) || (!end && !isState(after))) {
            return;
        }
        int next = end ? game.states() : (int) after[0];
        int cell = ((int) before[0]) * game.followerActions() + (int) action[0];
        transitions.add(cell * (game.states() + 1L) + next, 1);
        double score = step.upperScore().dot(direction);
        double gain = outcomes[next] + step.lowerReward() + step.upperReward();
        add(0, step.lowerReward() - reward[cell], tolerance, cell);
        add(1, step.upperReward() - upperReward[cell], tolerance, cell);
        add(2, step.lowerRewardGradient().dot(direction), rewardGradient, cell);
        add(3, step.upperRewardGradient().dot(direction), upperRewardGradient, cell);
        add(4, score, ROUNDING, cell);
        add(5, score * gain, scoreMoment, cell);
    }

    private void add(int number, double value, CentralDifference mean, int cell) {
        add(number, value - mean.value()[cell], mean.bound()[cell], cell);
    }

    private void add(int number, double deviation, double rounding, int cell) {
        martingales.get(number).add(deviation, rounding, 1, weights[cell]);
    }

    private boolean isState(double[] observation) {
        boolean state = observation[0] >= 0
                && observation[0] < game.states()
                && observation[0] == StrictMath.rint(observation[0]);
        strange += state ? 0 : 1;
        return state;
    }

    private double[] leaderPolicy(DenseVector x) {
        double[] policy = new double[game.leaderCells()];
        problem.leaderPolicy(x, policy);
        return policy;
    }

    private double[] lowerReward(DenseVector x) {
        double[] table = new double[game.jointCells()];
        problem.lowerReward(x, context, table);
        return table;
    }

    private double[] upperReward(DenseVector x) {
        double[] table = new double[game.jointCells()];
        problem.upperReward(x, context, table);
        return table;
    }
}
