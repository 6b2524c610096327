package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.AliasTable;
import org.apache.spark.ml.linalg.DenseVector;

/** The tables of a finite problem at one upper variable: rewards, the leader's policy and
 * what is drawn from. */
final class UpperTables {

    final DenseVector upper;
    final double[] lowerReward;
    final double[] upperReward;
    final double[] leaderPolicy;
    final AliasTable leader;
    final AliasTable transitions;

    UpperTables(FiniteTables tables, DenseVector upper, int context) {
        FiniteProblem problem = tables.problem;
        MarkovGame game = tables.games[context];
        this.upper = upper;
        lowerReward = new double[game.jointCells()];
        problem.lowerReward(upper, context, lowerReward);
        upperReward = new double[game.jointCells()];
        problem.upperReward(upper, context, upperReward);
        leaderPolicy = new double[game.leaderCells()];
        problem.leaderPolicy(upper, leaderPolicy);
        leader = AliasTable.of(leaderPolicy, game.states(), game.leaderActions());
        transitions = tables.transitions(upper, context);
    }
}
