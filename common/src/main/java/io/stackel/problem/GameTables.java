package io.stackel.problem;

import io.stackel.mdp.MarkovGame;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * What a finite problem says of one context at one upper variable.
 *
 * @param leaderPolicy mu_x, S x A
 * @param lowerReward r_x, S x A x B
 * @param upperReward u_x, S x A x B
 */
public record GameTables(double[] leaderPolicy, double[] lowerReward, double[] upperReward) {

    /** The tables at an upper variable. */
    public static GameTables of(FiniteProblem problem, DenseVector upper, int context) {
        MarkovGame game = problem.game(context);
        GameTables tables = new GameTables(
                new double[game.leaderCells()], new double[game.jointCells()], new double[game.jointCells()]);
        problem.leaderPolicy(upper, tables.leaderPolicy);
        problem.lowerReward(upper, context, tables.lowerReward);
        problem.upperReward(upper, context, tables.upperReward);
        return tables;
    }
}
