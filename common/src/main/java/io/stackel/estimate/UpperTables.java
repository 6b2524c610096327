package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Categorical;
import org.apache.spark.ml.linalg.DenseVector;

/** The tables of a finite problem at one upper variable: rewards, and the leader's policy as thresholds. */
final class UpperTables {

    final DenseVector upper;
    final double[] lowerReward;
    final double[] upperReward;
    private final int leaderActions;
    private final int[] leaderThresholds;

    UpperTables(FiniteProblem problem, MarkovGame game, DenseVector upper, int context) {
        this.upper = upper;
        lowerReward = new double[game.jointCells()];
        problem.lowerReward(upper, context, lowerReward);
        upperReward = new double[game.jointCells()];
        problem.upperReward(upper, context, upperReward);
        leaderActions = game.leaderActions();
        double[] policy = new double[game.leaderCells()];
        problem.leaderPolicy(upper, policy);
        leaderThresholds = new int[game.states() * (leaderActions - 1)];
        for (int s = 0; s < game.states(); s++) {
            Categorical.thresholds(policy, s * leaderActions, leaderActions, leaderThresholds, s * (leaderActions - 1));
        }
    }

    int leaderAction(int state, int word32) {
        return leaderActions == 1
                ? 0
                : Categorical.sample(leaderThresholds, state * (leaderActions - 1), leaderActions, word32);
    }
}
