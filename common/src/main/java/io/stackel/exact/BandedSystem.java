package io.stackel.exact;

import io.stackel.mdp.Transitions;

/**
 * The matrix {@code M = I - discount P_pi} of a policy, factorised as L U inside its band: solves {@code M v = r}
 * (values) and {@code M' d = rho} (visits, adjoints).
 *
 * <p>Off its diagonal M is not positive and its rows sum to at least 1 - discount, so elimination without exchanges is
 * stable (growth at most 2; Higham, Accuracy and Stability of Numerical Algorithms, section 9.5) and fills nothing
 * outside the band. With l and u the widest distances from a state down and up to its successors, the factorisation
 * costs about 2 S l u operations: a grid's states in row order give l = u = its width.
 */
final class BandedSystem implements PolicySystem {

    private final int size;
    private final int lower;
    private final int upper;
    private final boolean narrow;
    private final double[][] rows;

    /**
     * Factorises the system of a policy.
     *
     * @param policy S x B probabilities
     */
    BandedSystem(Transitions transitions, double[] policy, double discount) {
        size = transitions.states();
        Band shape = Band.of(transitions);
        lower = shape.lower();
        upper = shape.upper();
        int width = lower + 1 + upper;
        narrow = width < size / 2;
        rows = new double[size][narrow ? width : size];
        fill(transitions, policy, discount);
        eliminate();
    }

    /** The number of multiplications of a factorisation: S l u in a narrow band, a third of that in a full matrix. */
    static double work(Transitions transitions) {
        Band shape = Band.of(transitions);
        double states = transitions.states();
        double product = states * (shape.lower() + 1) * (shape.upper() + 1);
        return Math.min(product, states * states * states / 3);
    }

    private record Band(int lower, int upper) {
        static Band of(Transitions transitions) {
            int lower = 0;
            int upper = 0;
            for (int s = 0; s < transitions.states(); s++) {
                int last = transitions.start((s + 1) * transitions.actions());
                for (int i = transitions.start(s * transitions.actions()); i < last; i++) {
                    lower = Math.max(lower, s - transitions.next(i));
                    upper = Math.max(upper, transitions.next(i) - s);
                }
            }
            return new Band(lower, upper);
        }
    }

    /** What has to be added to a column's number to find it in row i: only the band is kept where that is short. */
    private int shift(int i) {
        return narrow ? lower - i : 0;
    }

    private void fill(Transitions transitions, double[] policy, double discount) {
        int actions = transitions.actions();
        for (int s = 0; s < size; s++) {
            int shift = shift(s);
            rows[s][shift + s] = 1;
            for (int row = s * actions; row < (s + 1) * actions; row++) {
                if (policy[row] != 0) {
                    transitions.addRow(row, -discount * policy[row], shift, rows[s]);
                }
            }
        }
    }

    private void eliminate() {
        for (int i = 1; i < size; i++) {
            double[] row = rows[i];
            int shift = shift(i);
            for (int k = Math.max(0, i - lower); k < i; k++) {
                if (row[shift + k] != 0) {
                    int pivotShift = shift(k);
                    double factor = row[shift + k] / rows[k][pivotShift + k];
                    row[shift + k] = factor;
                    int first = k + 1 + pivotShift;
                    int last = Math.min(size, k + upper + 1) + pivotShift;
                    subtract(factor, rows[k], first, last, shift - pivotShift, row);
                }
            }
        }
    }

    /** The loop with one common index is the one that the compiler turns into vector instructions. */
    private static void subtract(double factor, double[] pivot, int from, int to, int shift, double[] row) {
        if (shift == 0) {
            for (int j = from; j < to; j++) {
                row[j] -= factor * pivot[j];
            }
        } else {
            for (int j = from; j < to; j++) {
                row[shift + j] -= factor * pivot[j];
            }
        }
    }

    @Override
    public double[] solve(double[] right) {
        double[] v = right.clone();
        for (int i = 0; i < size; i++) {
            double[] row = rows[i];
            int shift = shift(i);
            double sum = v[i];
            for (int k = Math.max(0, i - lower); k < i; k++) {
                sum -= row[shift + k] * v[k];
            }
            v[i] = sum;
        }
        for (int i = size - 1; i >= 0; i--) {
            double[] row = rows[i];
            int shift = shift(i);
            double sum = v[i];
            int last = Math.min(size - 1, i + upper);
            for (int j = i + 1; j <= last; j++) {
                sum -= row[shift + j] * v[j];
            }
            v[i] = sum / row[shift + i];
        }
        return v;
    }

    @Override
    public double[] solveTransposed(double[] right) {
        double[] d = right.clone();
        for (int i = 0; i < size; i++) {
            int shift = shift(i);
            double value = d[i] / rows[i][shift + i];
            d[i] = value;
            int last = Math.min(size, i + upper + 1);
            subtract(value, rows[i], shift + i + 1, shift + last, -shift, d);
        }
        for (int i = size - 1; i >= 0; i--) {
            int shift = shift(i);
            subtract(d[i], rows[i], shift + Math.max(0, i - lower), shift + i, -shift, d);
        }
        return d;
    }
}
