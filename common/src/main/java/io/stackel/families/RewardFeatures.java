package io.stackel.families;

import java.util.Arrays;

/** Reward models that are linear in x: {@code r_x(s,b) = phi(s,b) . x}. */
sealed interface RewardFeatures {

    /** The {@code features} of a problem file, S x B x d; one number a cell if it has none. */
    static RewardFeatures of(JsonSection section, int states, int actions) {
        int[] each = new int[RandomTables.cells(states, actions)];
        Arrays.setAll(each, cell -> cell);
        if (!section.has("features")) {
            return new OneHot(each.length, each);
        }
        int count = section.shape("features", 3)[2];
        return new Linear(count, each, section.table("features", states, actions, count));
    }

    /** The length of x. */
    int size();

    /** Writes r_x, one number a cell (s, b). */
    void rewards(double[] x, double[] into);

    /** Adds {@code sum over cells of weights(cell) phi(cell)}. */
    void addPullback(double[] weights, double[] into);

    /**
     * One parameter a group of cells.
     *
     * @param size number of groups
     * @param group of each cell
     */
    record OneHot(int size, int[] group) implements RewardFeatures {

        @Override
        public void rewards(double[] x, double[] into) {
            for (int cell = 0; cell < group.length; cell++) {
                into[cell] = x[group[cell]];
            }
        }

        @Override
        public void addPullback(double[] weights, double[] into) {
            for (int cell = 0; cell < group.length; cell++) {
                into[group[cell]] += weights[cell];
            }
        }
    }

    /**
     * Features of groups of cells.
     *
     * @param size number of features d
     * @param group of each cell
     * @param table groups x d
     */
    record Linear(int size, int[] group, double[] table) implements RewardFeatures {

        @Override
        public void rewards(double[] x, double[] into) {
            for (int cell = 0; cell < group.length; cell++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += table[group[cell] * size + k] * x[k];
                }
                into[cell] = sum;
            }
        }

        @Override
        public void addPullback(double[] weights, double[] into) {
            for (int cell = 0; cell < group.length; cell++) {
                for (int k = 0; k < size; k++) {
                    into[k] += weights[cell] * table[group[cell] * size + k];
                }
            }
        }
    }
}
