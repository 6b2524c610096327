package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.AliasTable;
import org.apache.spark.ml.linalg.DenseVector;

/** What sampling a finite problem needs and no parameter changes: built once, shared by all threads. */
final class FiniteTables {

    final FiniteProblem problem;
    final MarkovGame[] games;
    final AliasTable[] starts;
    private final AliasTable[] transitions;

    /** State, leader cell (s, a) and follower cell (s, b) of each joint cell (s, a, b). */
    final int[] stateOf;

    final int[] leaderCellOf;
    final int[] followerCellOf;

    FiniteTables(FiniteProblem problem) {
        this.problem = problem;
        int contexts = problem.contexts();
        games = new MarkovGame[contexts];
        transitions = new AliasTable[contexts];
        starts = new AliasTable[contexts];
        for (int k = 0; k < contexts; k++) {
            games[k] = problem.game(k);
            if (!problem.dependence().transitions()) {
                transitions[k] = sampling(games[k]);
            }
            starts[k] = AliasTable.of(games[k].start(), 1, games[k].states());
        }
        int leaderActions = games[0].leaderActions();
        int followerActions = games[0].followerActions();
        int cells = games[0].jointCells();
        stateOf = new int[cells];
        leaderCellOf = new int[cells];
        followerCellOf = new int[cells];
        for (int cell = 0; cell < cells; cell++) {
            int leaderCell = cell / followerActions;
            leaderCellOf[cell] = leaderCell;
            stateOf[cell] = leaderCell / leaderActions;
            followerCellOf[cell] = stateOf[cell] * followerActions + cell % followerActions;
        }
    }

    /** Where the next states are drawn, row by joint cell; built anew where they depend on x. */
    AliasTable transitions(DenseVector upper, int context) {
        return problem.dependence().transitions() ? sampling(problem.game(upper, context)) : transitions[context];
    }

    private static AliasTable sampling(MarkovGame game) {
        return game.transitions().sampling();
    }

    /** One more than the largest key of a transition. */
    long possibleTransitions() {
        return games[0].jointCells() * (games[0].states() + 1L);
    }

    int states() {
        return games[0].states();
    }
}
