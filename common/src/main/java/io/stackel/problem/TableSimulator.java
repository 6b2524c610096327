package io.stackel.problem;

import io.stackel.mdp.MarkovGame;
import io.stackel.random.RandomStream;
import java.util.function.BiConsumer;
import org.apache.spark.ml.linalg.DenseVector;

/** Plays a finite problem from its tables, one step at a time, by inverting cumulative probabilities. */
final class TableSimulator implements Simulator {

    private final FiniteProblem problem;
    private final DenseVector upper;
    private final int context;
    private final MarkovGame game;
    private final double[] leaderPolicy;
    private final double[] lowerReward;
    private final double[] upperReward;
    private final SparseGradient[] lowerGradients;
    private final SparseGradient[] upperGradients;
    private final SparseGradient[] scores;
    private int state;

    TableSimulator(FiniteProblem problem, DenseVector upper, int context) {
        this.problem = problem;
        this.upper = upper;
        this.context = context;
        game = problem.game(upper, context);
        leaderPolicy = new double[game.leaderCells()];
        problem.leaderPolicy(upper, leaderPolicy);
        lowerReward = new double[game.jointCells()];
        problem.lowerReward(upper, context, lowerReward);
        upperReward = new double[game.jointCells()];
        problem.upperReward(upper, context, upperReward);
        lowerGradients = new SparseGradient[game.jointCells()];
        upperGradients = new SparseGradient[game.jointCells()];
        scores = new SparseGradient[game.leaderCells()];
    }

    @Override
    public void start(RandomStream random) {
        state = random.nextOutcome(game.start(), 0, game.states());
    }

    @Override
    public void observe(double[] into) {
        into[0] = state;
    }

    @Override
    public void step(int action, RandomStream random, Step into) {
        int leaderActions = game.leaderActions();
        int leader = leaderActions == 1 ? 0 : random.nextOutcome(leaderPolicy, state * leaderActions, leaderActions);
        int leaderCell = state * leaderActions + leader;
        int cell = leaderCell * game.followerActions() + action;
        into.rewards(lowerReward[cell], upperReward[cell]);
        TrajectoryProblem.Dependence dependence = problem.dependence();
        if (dependence.lowerReward()) {
            into.lowerRewardGradient()
                    .addAll(kept(lowerGradients, cell, (w, g) -> problem.addLowerRewardGradient(upper, context, w, g)));
        }
        if (dependence.upperReward()) {
            into.upperRewardGradient()
                    .addAll(kept(upperGradients, cell, (w, g) -> problem.addUpperRewardGradient(upper, context, w, g)));
        }
        if (dependence.leaderPolicy()) {
            int from = state;
            into.upperScore()
                    .addAll(kept(
                            scores, leaderCell, (w, g) -> problem.addLeaderScores(upper, from, leaderPolicy, w, g)));
        }
        int next = game.transitions().draw(cell, random);
        if (dependence.transitions()) {
            double[] gradient = new double[problem.upperSize()];
            problem.addTransitionScore(upper, context, cell, next, 1, gradient);
            into.upperScore().addAll(nonZeros(gradient));
        }
        if (next == game.states()) {
            into.terminate();
        } else {
            state = next;
        }
    }

    /** The gradient of one cell, by a pullback of weights that is asked once. */
    private SparseGradient kept(SparseGradient[] all, int cell, BiConsumer<double[], double[]> pullback) {
        if (all[cell] == null) {
            double[] weights = new double[all.length];
            weights[cell] = 1;
            double[] gradient = new double[problem.upperSize()];
            pullback.accept(weights, gradient);
            all[cell] = nonZeros(gradient);
        }
        return all[cell];
    }

    private static SparseGradient nonZeros(double[] dense) {
        SparseGradient sparse = new SparseGradient();
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != 0) {
                sparse.add(i, dense[i]);
            }
        }
        return sparse;
    }
}
