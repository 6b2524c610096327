package io.stackel.exact;

/**
 * The matrix {@code M = I - discount P_pi} of a policy, factorised as L U inside its band: solves {@code M v = r}
 * (values) and {@code M' d = rho} (visits, adjoints).
 *
 * <p>Off its diagonal M is not positive and its rows sum to at least 1 - discount, so elimination without exchanges is
 * stable (growth at most 2; Higham, Accuracy and Stability of Numerical Algorithms, section 9.5) and fills nothing
 * outside the band. With l and u the widest distances from a state down and up to its successors, the factorisation
 * costs about 2 S l u operations: a grid's states in row order give l = u = its width.
 */
final class PolicySystem {

    private final int size;
    private final int lower;
    private final int upper;
    private final int width;
    private final double[] band;

    /**
     * Factorises the system of a policy.
     *
     * @param policy S x B probabilities
     */
    PolicySystem(SparseTransitions transitions, double[] policy, double discount) {
        size = transitions.states();
        Band shape = Band.of(transitions);
        lower = shape.lower();
        upper = shape.upper();
        width = lower + 1 + upper;
        band = new double[size * width];
        fill(transitions, policy, discount);
        eliminate();
    }

    /** The number of operations of a factorisation, up to a constant. */
    static long work(SparseTransitions transitions) {
        Band shape = Band.of(transitions);
        return (long) transitions.states() * (shape.lower() + 1) * (shape.upper() + 1);
    }

    private record Band(int lower, int upper) {
        static Band of(SparseTransitions transitions) {
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

    private void fill(SparseTransitions transitions, double[] policy, double discount) {
        int actions = transitions.actions();
        for (int s = 0; s < size; s++) {
            int diagonal = s * width + lower;
            band[diagonal] = 1;
            for (int row = s * actions; row < (s + 1) * actions; row++) {
                double weight = -discount * policy[row];
                for (int i = transitions.start(row); weight != 0 && i < transitions.start(row + 1); i++) {
                    band[diagonal + transitions.next(i) - s] += weight * transitions.probability(i);
                }
            }
        }
    }

    private void eliminate() {
        double[] row = new double[width];
        for (int i = 1; i < size; i++) {
            System.arraycopy(band, i * width, row, 0, width);
            for (int k = Math.max(0, i - lower); k < i; k++) {
                int at = k - i + lower;
                if (row[at] != 0) {
                    double factor = row[at] / band[k * width + lower];
                    row[at] = factor;
                    subtract(factor, k * width + lower + 1, at + 1, Math.min(upper, size - 1 - k), row);
                }
            }
            System.arraycopy(row, 0, band, i * width, width);
        }
    }

    private void subtract(double factor, int from, int to, int count, double[] row) {
        for (int j = 0; j < count; j++) {
            row[to + j] -= factor * band[from + j];
        }
    }

    /** The solution v of {@code (I - discount P_pi) v = right}, length S. */
    double[] solve(double[] right) {
        double[] v = right.clone();
        for (int i = 0; i < size; i++) {
            double sum = v[i];
            int shift = i * width + lower - i;
            for (int k = Math.max(0, i - lower); k < i; k++) {
                sum -= band[shift + k] * v[k];
            }
            v[i] = sum;
        }
        for (int i = size - 1; i >= 0; i--) {
            double sum = v[i];
            int shift = i * width + lower - i;
            int last = Math.min(size - 1, i + upper);
            for (int j = i + 1; j <= last; j++) {
                sum -= band[shift + j] * v[j];
            }
            v[i] = sum / band[shift + i];
        }
        return v;
    }

    /** The solution d of {@code (I - discount P_pi)' d = right}, length S. */
    double[] solveTransposed(double[] right) {
        double[] d = right.clone();
        for (int i = 0; i < size; i++) {
            int shift = i * width + lower - i;
            double value = d[i] / band[shift + i];
            d[i] = value;
            int last = Math.min(size - 1, i + upper);
            for (int j = i + 1; j <= last; j++) {
                d[j] -= value * band[shift + j];
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            int shift = i * width + lower - i;
            double value = d[i];
            for (int k = Math.max(0, i - lower); k < i; k++) {
                d[k] -= value * band[shift + k];
            }
        }
        return d;
    }
}
