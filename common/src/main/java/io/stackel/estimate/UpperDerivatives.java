package io.stackel.estimate;

import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The derivatives in x of single entries of a finite problem's tables, at one upper variable; each is taken when it is first
 * asked for, and kept without its zeros.
 */
final class UpperDerivatives {

    private final FiniteProblem problem;
    private final UpperTables at;
    private final int context;
    private final TrajectoryProblem.Dependence dependence;
    private final Rows lowerRewards;
    private final Rows upperRewards;
    private final Rows leaderScores;

    UpperDerivatives(FiniteTables tables, UpperTables at, int context) {
        this.at = at;
        this.context = context;
        problem = tables.problem;
        dependence = problem.dependence();
        int actions = tables.games[context].leaderActions();
        int joint = tables.games[context].jointCells();
        int m = problem.upperSize();
        lowerRewards =
                new Rows(joint, m, (cell, one) -> problem.addLowerRewardGradient(at.upper, context, one.of, one.row));
        upperRewards =
                new Rows(joint, m, (cell, one) -> problem.addUpperRewardGradient(at.upper, context, one.of, one.row));
        leaderScores = new Rows(
                tables.games[context].leaderCells(),
                m,
                (cell, one) -> problem.addLeaderScores(at.upper, cell / actions, at.leaderPolicy, one.of, one.row));
    }

    /** Adds {@code lower grad r + upper grad u} of a cell (s, a, b). */
    void addRewards(int cell, double lower, double upper, double[] into) {
        if (lower != 0 && dependence.lowerReward()) {
            lowerRewards.add(cell, lower, into);
        }
        if (upper != 0 && dependence.upperReward()) {
            upperRewards.add(cell, upper, into);
        }
    }

    /** Adds {@code weight (score of the leader's action and the transition)}. */
    void addScores(int cell, int leaderCell, int next, double weight, double[] into) {
        if (dependence.leaderPolicy()) {
            leaderScores.add(leaderCell, weight, into);
        }
        if (dependence.transitions()) {
            problem.addTransitionScore(at.upper, context, cell, next, weight, into);
        }
    }

    /** Rows of a Jacobian by pullbacks of unit vectors. */
    private static final class Rows {

        private final BiConsumer<Integer, Rows> pullback;
        private final int[][] places;
        private final double[][] values;

        /** A unit vector and what it is pulled back to; zeros between two pullbacks. */
        private final double[] of;

        private final double[] row;

        Rows(int cells, int size, BiConsumer<Integer, Rows> pullback) {
            this.pullback = pullback;
            places = new int[cells][];
            values = new double[cells][];
            of = new double[cells];
            row = new double[size];
        }

        void add(int cell, double weight, double[] into) {
            if (places[cell] == null) {
                take(cell);
            }
            int[] where = places[cell];
            double[] what = values[cell];
            for (int k = 0; k < where.length; k++) {
                into[where[k]] += weight * what[k];
            }
        }

        private void take(int cell) {
            of[cell] = 1;
            pullback.accept(cell, this);
            of[cell] = 0;
            int[] where = new int[row.length];
            double[] what = new double[row.length];
            int count = 0;
            for (int i = 0; i < row.length; i++) {
                if (row[i] != 0) {
                    where[count] = i;
                    what[count++] = row[i];
                }
            }
            Arrays.fill(row, 0);
            places[cell] = Arrays.copyOf(where, count);
            values[cell] = Arrays.copyOf(what, count);
        }
    }
}
