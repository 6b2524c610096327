package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Trajectories in a table, one row a step in any order: trajectory, step, what was seen, and last the action. In a data set
 * the action is the label.
 *
 * @param rows all of one length
 * @param names of the columns; those of a list share one
 * @param key of the configuration that names the table, which errors tell
 * @param file that errors name, or a data set
 * @param pointer of the table in the file; empty for a data set
 */
record StepTable(double[][] rows, List<String> names, String key, String file, String pointer) {

    /** The largest number that names a trajectory, a step or an offer: all up to it are doubles. */
    static final double LARGEST = 1L << 52;

    static final int STEP = 1;
    static final int STATE = 2;

    /** The rows of a data set. */
    static StepTable of(BlockSet set, List<String> names, String key, String uri) {
        double[][] rows = new double[RandomTables.cells(set.rows())][];
        for (int b = 0, next = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            for (int i = 0; i < block.rows(); i++) {
                double[] row = Arrays.copyOfRange(block.rowMajor(), i * set.columns(), (i + 1) * set.columns() + 1);
                row[set.columns()] = block.labels().values()[i];
                rows[next++] = row;
            }
        }
        return new StepTable(rows, names, key, uri, "");
    }

    /** Returns if trajectories, steps, states and actions have numbers of a finite process; action -1 is none. */
    void requireNumbers(int states, int actions) {
        for (double[] row : rows) {
            requireWhole(row, 0, 0, LARGEST);
            requireWhole(row, STEP, 0, LARGEST);
            requireWhole(row, STATE, 0, states - 1);
            requireWhole(row, row.length - 1, -1, actions - 1);
        }
    }

    /** The rows by trajectory and then by step. */
    double[][] ordered() {
        double[][] ordered = rows.clone();
        Arrays.sort(
                ordered, Comparator.comparingDouble((double[] row) -> row[0]).thenComparingDouble(row -> row[STEP]));
        return ordered;
    }

    /** The step of row number {@code i} of the order, 0 at the start of a trajectory; an error if it is not the next one. */
    long step(double[][] ordered, int i) {
        boolean first = i == 0 || ordered[i][0] != ordered[i - 1][0];
        double due = first ? 0 : ordered[i - 1][STEP] + 1;
        if (ordered[i][STEP] != due) {
            throw broken(
                    ordered[i],
                    STEP,
                    "step must count 0, 1, 2, ... in its trajectory, where " + (long) due + " is due, but was "
                            + ordered[i][STEP]);
        }
        return (long) due;
    }

    /** Whether row number {@code i} of the order is its trajectory's last. */
    static boolean isLast(double[][] ordered, int i) {
        return i == ordered.length - 1 || ordered[i + 1][0] != ordered[i][0];
    }

    /** Returns if there is an action, or the row is its trajectory's last, which may tell where that was cut. */
    void requireAction(double[][] ordered, int i) {
        double action = ordered[i][ordered[i].length - 1];
        if (action < 0 && !isLast(ordered, i)) {
            throw broken(
                    ordered[i],
                    ordered[i].length - 1,
                    "action must be at least 0 except in a trajectory's last row, but was " + action);
        }
    }

    void requireWhole(double[] row, int column, double low, double high) {
        double value = row[column];
        if (!(value >= low && value <= high && value == StrictMath.rint(value))) {
            throw broken(
                    row,
                    column,
                    name(row, column) + " must be a whole number from " + (long) low + " to " + (long) high
                            + ", but was " + value);
        }
    }

    void requireFinite(double[] row, int column) {
        if (!Double.isFinite(row[column])) {
            throw broken(row, column, name(row, column) + " must be a finite number, but was " + row[column]);
        }
    }

    private String name(double[] row, int column) {
        return column == row.length - 1 ? "action" : names.get(column);
    }

    /** Rows of a data set are permuted, so that trajectory and step tell the line of the table that was imported. */
    RuntimeException broken(double[] row, int column, String found) {
        return pointer.isEmpty()
                ? new IllegalArgumentException(
                        key + ": " + file + ": trajectory " + row[0] + ", step " + row[STEP] + ": " + found)
                : new ProblemFileException(
                        file, pointer + "/" + Arrays.asList(rows).indexOf(row) + "/" + column, found);
    }
}
