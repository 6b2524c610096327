package io.stackel.families;

/** Reward models that are linear in x: {@code r_x(s,b) = phi(s,b) . x}. */
sealed interface RewardFeatures {

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
