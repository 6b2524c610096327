package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.ExpertPaths;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * Trajectories of experts of a control task as a data set, one row a step in any order:
 *
 * <pre>
 *   trajectory     a number that names it
 *   step           0, 1, 2, ... without gaps in each trajectory
 *   observation    its components before the step, as the task gives them
 *   action         the label: the number of the action, or the real action of a task that has one component
 * </pre>
 *
 * <p>Steps from the horizon on are left out; a trajectory that is shorter ended by itself.
 */
final class TaskExpertTable {

    private static final int NAMES = 2;

    private final ScaledTask task;
    private final String uri;
    private final double[][] rows;

    private TaskExpertTable(ScaledTask task, String uri, double[][] rows) {
        this.task = task;
        this.uri = uri;
        this.rows = rows;
    }

    /** The experts of a data set, cut after {@code horizon} steps. */
    static ExpertPaths read(ScaledTask task, BlockSet set, String uri, int horizon) {
        int columns = NAMES + task.size();
        if (set.columns() != columns || set.rows() == 0) {
            throw new IllegalArgumentException("problem.table must have the features trajectory, step and the "
                    + task.size() + " components of the observation, and at least one row, but " + uri + " has "
                    + set.columns() + " features and " + set.rows() + " rows");
        }
        double[][] rows = new double[Math.toIntExact(set.rows())][];
        int at = 0;
        for (int b = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            for (int i = 0; i < block.rows(); i++) {
                rows[at] = new double[columns + 1];
                System.arraycopy(block.rowMajor(), i * columns, rows[at], 0, columns);
                rows[at++][columns] = block.labels().values()[i];
            }
        }
        Arrays.sort(rows, Comparator.comparingDouble((double[] row) -> row[0]).thenComparingDouble(row -> row[1]));
        return new TaskExpertTable(task, uri, rows).paths(horizon);
    }

    private ExpertPaths paths(int horizon) {
        int size = task.size();
        double[] observations = new double[Math.multiplyExact(rows.length, size + 1)];
        double[] actions = new double[rows.length];
        int[] lengths = new int[rows.length];
        int trajectories = 0;
        int steps = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            boolean first = i == 0 || row[0] != rows[i - 1][0];
            double due = first ? 0 : rows[i - 1][1] + 1;
            if (row[1] != due) {
                throw broken(row, "step must count 0, 1, 2, ... in its trajectory, where " + (long) due + " is due");
            }
            requireAction(row);
            trajectories += first ? 1 : 0;
            if (row[1] >= horizon) {
                continue;
            }
            double[] observation = Arrays.copyOfRange(row, NAMES, NAMES + size);
            task.scaleInPlace(observation);
            System.arraycopy(observation, 0, observations, steps * (size + 1), size);
            observations[steps * (size + 1) + size] = 1;
            actions[steps++] = row[NAMES + size];
            lengths[trajectories - 1]++;
        }
        return new ExpertPaths(
                horizon,
                Arrays.copyOf(lengths, trajectories),
                Arrays.copyOf(observations, steps * (size + 1)),
                Arrays.copyOf(actions, steps),
                OptionalDouble.empty());
    }

    private void requireAction(double[] row) {
        double action = row[NAMES + task.size()];
        boolean numbered = action >= 0 && action < task.actions() && action == StrictMath.rint(action);
        if (task.actions() > 0 && !numbered) {
            throw broken(
                    row, "action must be a whole number from 0 to " + (task.actions() - 1) + ", but was " + action);
        }
    }

    private IllegalArgumentException broken(double[] row, String rule) {
        return new IllegalArgumentException(
                "problem.table: " + uri + ": trajectory " + row[0] + ", step " + row[1] + ": " + rule);
    }
}
