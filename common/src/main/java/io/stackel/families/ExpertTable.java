package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.ExpertVisits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Trajectories of experts, one row a step in any order, with the columns of {@link TableFormat#EXPERTS} or, on a control
 * task, {@link TableFormat#TASK_EXPERTS}. In a data set the action is the label. A trajectory whose last row has an action
 * ended with it.
 *
 * @param rows the action is the last column
 * @param file that errors name, or a data set
 * @param pointer of the table in the file; empty for a data set
 */
record ExpertTable(double[][] rows, String file, String pointer) {

    private static final List<String> NAMES = TableFormat.EXPERTS.names();
    private static final int STEP = 1;
    private static final int STATE = 2;
    private static final int ACTION = 3;
    private static final double LARGEST = 1L << 52;

    /** The experts of a finite process in a data set. */
    static ExpertTable ofProcess(BlockSet set, String uri) {
        if (set.columns() != NAMES.size() - 1) {
            throw new IllegalArgumentException(
                    "problem.table must have the features trajectory, step, state and the label action, but " + uri
                            + " has " + set.columns() + " features");
        }
        return of(set, uri);
    }

    /** The experts of a control task in a data set. */
    static ExpertTable ofTask(ScaledTask task, BlockSet set, String uri) {
        if (set.columns() != STATE + task.size() || set.rows() == 0) {
            throw new IllegalArgumentException("problem.table must have the features trajectory, step and the "
                    + task.size() + " components of the observation, and at least one row, but " + uri + " has "
                    + set.columns() + " features and " + set.rows() + " rows");
        }
        return of(set, uri);
    }

    private static ExpertTable of(BlockSet set, String uri) {
        double[][] rows = new double[RandomTables.cells(set.rows())][];
        for (int b = 0, next = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            for (int i = 0; i < block.rows(); i++) {
                double[] row = Arrays.copyOfRange(block.rowMajor(), i * set.columns(), (i + 1) * set.columns() + 1);
                row[set.columns()] = block.labels().values()[i];
                rows[next++] = row;
            }
        }
        return new ExpertTable(rows, uri, "");
    }

    /**
     * The averages over the trajectories in a finite process.
     *
     * @throws ProblemFileException if the table of a file breaks a rule, with row and column
     * @throws IllegalArgumentException if that of a data set does, with trajectory, step and column
     */
    ExpertVisits visits(int states, int actions, double discount) {
        if (rows.length == 0) {
            throw new ProblemFileException(file, pointer, "must have at least one row, but has none");
        }
        for (double[] row : rows) {
            require(row, 0, 0, LARGEST);
            require(row, STEP, 0, LARGEST);
            require(row, STATE, 0, states - 1);
            require(row, ACTION, -1, actions - 1);
        }
        double[][] ordered = ordered();
        double[] occupancy = new double[RandomTables.cells(states, actions)];
        double[] starts = new double[states];
        double[] ends = new double[states];
        int trajectories = 0;
        double power = 1;
        for (int i = 0; i < ordered.length; i++) {
            double[] row = ordered[i];
            boolean last = i == ordered.length - 1 || ordered[i + 1][0] != row[0];
            double due = due(ordered, i);
            if (row[STEP] != due) {
                throw broken(row, STEP, dueRule(due) + ", but was " + row[STEP]);
            }
            int state = (int) row[STATE];
            int action = (int) row[ACTION];
            if (action < 0 && !last) {
                throw broken(
                        row,
                        ACTION,
                        "action must be at least 0 except in a trajectory's last row, but was " + row[ACTION]);
            }
            power = due == 0 ? 1 : power * discount;
            if (due == 0) {
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

    /** The trajectories on a control task. Steps from the horizon on are left out; a shorter trajectory ended by itself. */
    ExpertPaths paths(ScaledTask task, int horizon) {
        double[][] ordered = ordered();
        int size = task.size();
        double[] observations = new double[Math.multiplyExact(rows.length, size + 1)];
        double[] actions = new double[rows.length];
        int[] lengths = new int[rows.length];
        int trajectories = 0;
        int steps = 0;
        for (int i = 0; i < ordered.length; i++) {
            double[] row = ordered[i];
            double due = due(ordered, i);
            if (row[STEP] != due) {
                throw broken(row, STEP, dueRule(due));
            }
            if (task.actions() > 0) {
                require(row, STATE + size, 0, task.actions() - 1);
            }
            trajectories += due == 0 ? 1 : 0;
            if (due < horizon) {
                double[] observation = Arrays.copyOfRange(row, STATE, STATE + size);
                task.scaleInPlace(observation);
                System.arraycopy(observation, 0, observations, steps * (size + 1), size);
                observations[steps * (size + 1) + size] = 1;
                actions[steps++] = row[STATE + size];
                lengths[trajectories - 1]++;
            }
        }
        return new ExpertPaths(
                horizon,
                Arrays.copyOf(lengths, trajectories),
                Arrays.copyOf(observations, steps * (size + 1)),
                Arrays.copyOf(actions, steps),
                OptionalDouble.empty());
    }

    /** The rows by trajectory and then by step. */
    private double[][] ordered() {
        double[][] ordered = rows.clone();
        Arrays.sort(
                ordered, Comparator.comparingDouble((double[] row) -> row[0]).thenComparingDouble(row -> row[STEP]));
        return ordered;
    }

    /** The step that row number {@code i} of the order has to have, 0 at the start of a trajectory. */
    private static double due(double[][] ordered, int i) {
        return i == 0 || ordered[i][0] != ordered[i - 1][0] ? 0 : ordered[i - 1][STEP] + 1;
    }

    private static String dueRule(double due) {
        return "step must count 0, 1, 2, ... in its trajectory, where " + (long) due + " is due";
    }

    private void require(double[] row, int column, double low, double high) {
        double value = row[column];
        if (!(value >= low && value <= high && value == StrictMath.rint(value))) {
            String name = column == row.length - 1 ? "action" : NAMES.get(column);
            throw broken(
                    row,
                    column,
                    name + " must be a whole number from " + (long) low + " to " + (long) high + ", but was " + value);
        }
    }

    /** Rows of a data set are permuted, so that trajectory and step tell the line of the table that was imported. */
    private RuntimeException broken(double[] row, int column, String found) {
        return pointer.isEmpty()
                ? new IllegalArgumentException(
                        "problem.table: " + file + ": trajectory " + row[0] + ", step " + row[STEP] + ": " + found)
                : new ProblemFileException(
                        file, pointer + "/" + Arrays.asList(rows).indexOf(row) + "/" + column, found);
    }
}
