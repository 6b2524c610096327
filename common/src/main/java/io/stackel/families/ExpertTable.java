package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.ExpertVisits;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Trajectories of experts as a table of four columns, one row a step in any order:
 *
 * <pre>
 *   trajectory   a whole number that names it
 *   step         0, 1, 2, ... without gaps in each trajectory
 *   state        in [0, S)
 *   action       in [0, B); -1 in the last row of a trajectory that was cut there, before any action
 * </pre>
 *
 * <p>A trajectory whose last row has an action ended with it.
 *
 * @param rows n x 4
 * @param file that errors name, or a data set
 * @param pointer of the table in the file
 */
record ExpertTable(double[] rows, String file, String pointer) {

    private static final String[] NAMES = {"trajectory", "step", "state", "action"};
    private static final int COLUMNS = NAMES.length;
    private static final int STEP = 1;
    private static final int STATE = 2;
    private static final int ACTION = 3;
    private static final double LARGEST = 1L << 52;

    /** The rows of a data set, whose features are trajectory, step and state and whose label is the action. */
    static ExpertTable of(BlockSet set, String uri) {
        if (set.columns() != COLUMNS - 1) {
            throw new IllegalArgumentException(
                    "problem.table must have the features trajectory, step, state and the label" + " action, but " + uri
                            + " has " + set.columns() + " features");
        }
        double[] rows = new double[RandomTables.cells(set.rows(), COLUMNS)];
        for (int b = 0, at = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            for (int i = 0; i < block.rows(); i++, at += COLUMNS) {
                System.arraycopy(block.rowMajor(), i * (COLUMNS - 1), rows, at, COLUMNS - 1);
                rows[at + ACTION] = block.labels().values()[i];
            }
        }
        return new ExpertTable(rows, uri, "");
    }

    /**
     * The averages over the trajectories.
     *
     * @throws ProblemFileException if the table of a file breaks a rule, with row and column
     * @throws IllegalArgumentException if that of a data set does, with trajectory, step and column
     */
    ExpertVisits visits(int states, int actions, double discount) {
        int count = rows.length / COLUMNS;
        if (count == 0) {
            throw new ProblemFileException(file, pointer, "must have at least one row, but has none");
        }
        for (int row = 0; row < count; row++) {
            require(row, 0, 0, LARGEST);
            require(row, STEP, 0, LARGEST);
            require(row, STATE, 0, states - 1);
            require(row, ACTION, -1, actions - 1);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer row) -> at(row, 0)).thenComparingDouble(row -> at(row, STEP)));
        double[] occupancy = new double[RandomTables.cells(states, actions)];
        double[] starts = new double[states];
        double[] ends = new double[states];
        int trajectories = 0;
        double power = 1;
        for (int i = 0; i < count; i++) {
            boolean first = i == 0 || at(order[i], 0) != at(order[i - 1], 0);
            boolean last = i == count - 1 || at(order[i], 0) != at(order[i + 1], 0);
            double due = first ? 0 : at(order[i - 1], STEP) + 1;
            if (at(order[i], STEP) != due) {
                throw broken(
                        order[i], STEP, "must count 0, 1, 2, ... in its trajectory, where " + (long) due + " is due,");
            }
            int state = (int) at(order[i], STATE);
            int action = (int) at(order[i], ACTION);
            if (action < 0 && !last) {
                throw broken(order[i], ACTION, "must be at least 0 except in a trajectory's last row,");
            }
            power = first ? 1 : power * discount;
            if (first) {
                starts[state]++;
                trajectories++;
            }
            if (action < 0) {
                ends[state] += power;
            } else {
                occupancy[state * actions + action] += power;
            }
        }
        double share = 1.0 / trajectories;
        return new ExpertVisits(
                VectorMath.scaled(share, occupancy), VectorMath.scaled(share, starts), VectorMath.scaled(share, ends));
    }

    private double at(int row, int column) {
        return rows[row * COLUMNS + column];
    }

    private void require(int row, int column, double low, double high) {
        double value = at(row, column);
        if (!(value >= low && value <= high && value == StrictMath.rint(value))) {
            throw broken(row, column, "must be a whole number from " + (long) low + " to " + (long) high + ",");
        }
    }

    /** Rows of a data set are permuted, so that trajectory and step tell the line of the table that was imported. */
    private RuntimeException broken(int row, int column, String rule) {
        String found = NAMES[column] + " " + rule + " but was " + at(row, column);
        return pointer.isEmpty()
                ? new IllegalArgumentException("problem.table: " + file + ": trajectory " + at(row, 0) + ", step "
                        + at(row, STEP) + ": " + found)
                : new ProblemFileException(file, pointer + "/" + row + "/" + column, found);
    }
}
