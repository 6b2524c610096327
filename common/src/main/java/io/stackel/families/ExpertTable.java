package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.ExpertVisits;
import java.util.Arrays;
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
    private static final int ACTION = 3;

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
        if (set.columns() != StepTable.STATE + task.size() || set.rows() == 0) {
            throw new IllegalArgumentException("problem.table must have the features trajectory, step and the "
                    + task.size() + " components of the observation, and at least one row, but " + uri + " has "
                    + set.columns() + " features and " + set.rows() + " rows");
        }
        return of(set, uri);
    }

    private static ExpertTable of(BlockSet set, String uri) {
        return new ExpertTable(StepTable.of(set, NAMES, "problem.table", uri).rows(), uri, "");
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
        StepTable steps = steps();
        steps.requireNumbers(states, actions);
        double[][] ordered = steps.ordered();
        double[] occupancy = new double[RandomTables.cells(states, actions)];
        double[] starts = new double[states];
        double[] ends = new double[states];
        int trajectories = 0;
        double power = 1;
        for (int i = 0; i < ordered.length; i++) {
            double[] row = ordered[i];
            long step = steps.step(ordered, i);
            steps.requireAction(ordered, i);
            int state = (int) row[StepTable.STATE];
            int action = (int) row[ACTION];
            power = step == 0 ? 1 : power * discount;
            if (step == 0) {
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
        StepTable table = steps();
        double[][] ordered = table.ordered();
        int size = task.size();
        double[] observations = new double[Math.multiplyExact(rows.length, size + 1)];
        double[] actions = new double[rows.length];
        int[] lengths = new int[rows.length];
        int trajectories = 0;
        int steps = 0;
        for (int i = 0; i < ordered.length; i++) {
            double[] row = ordered[i];
            long step = table.step(ordered, i);
            if (task.actions() > 0) {
                table.requireWhole(row, StepTable.STATE + size, 0, task.actions() - 1);
            }
            trajectories += step == 0 ? 1 : 0;
            if (step < horizon) {
                double[] observation = Arrays.copyOfRange(row, StepTable.STATE, StepTable.STATE + size);
                task.scaleInPlace(observation);
                System.arraycopy(observation, 0, observations, steps * (size + 1), size);
                observations[steps * (size + 1) + size] = 1;
                actions[steps++] = row[StepTable.STATE + size];
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

    private StepTable steps() {
        return new StepTable(rows, NAMES, "problem.table", file, pointer);
    }
}
