package io.stackel.optim;

import java.util.Arrays;

/**
 * The Euclidean projection of a row onto the probability simplex, by sorting.
 *
 * <pre>
 *     y_i = max(0, x_i - shift)      shift such that sum_i y_i = 1
 * </pre>
 *
 * <p>With x in descending order, shift = (x_1 + ... + x_k - 1) / k for the largest k with x_k &gt; shift(k). Source:
 * Duchi, Shalev-Shwartz, Singer, Chandra, "Efficient projections onto the l1-ball for learning in high dimensions", ICML
 * 2008, figure 1. The row is first shifted by its maximum, so that the result does not lose digits to a large common
 * offset.
 */
public final class Simplex {

    private Simplex() {}

    /**
     * Projects the row x[offset] ... x[offset + count - 1].
     *
     * @param x receives the projection in place of the row
     * @param offset where the row starts
     * @param count elements of the row, at least 1
     */
    public static void projectInPlace(double[] x, int offset, int count) {
        double[] work = new double[count];
        double maximum = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            maximum = Math.max(maximum, x[offset + i]);
        }
        for (int i = 0; i < count; i++) {
            work[i] = x[offset + i] - maximum;
        }
        Arrays.sort(work);
        double sum = -1.0;
        double shift = Double.NEGATIVE_INFINITY;
        for (int k = 1; k <= count; k++) {
            double largest = work[count - k];
            double candidate = (sum + largest) / k;
            if (!(largest > candidate)) {
                break;
            }
            sum += largest;
            shift = candidate;
        }
        for (int i = 0; i < count; i++) {
            x[offset + i] = Math.max(0.0, x[offset + i] - maximum - shift);
        }
    }
}
