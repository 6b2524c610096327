package io.stackel.random;

/**
 * Categorical sampling from a small row by inverse distribution function on whole-number thresholds.
 *
 * <p>A row of n probabilities p becomes n - 1 thresholds, C the cumulative sums of p divided by their total:
 *
 * <pre>
 *     t_i = round(2^31 C_i) - 2^30                      in [-2^30, 2^30], compared as signed ints
 *     outcome of a word w = number of i with t_i &lt;= (w &gt;&gt; 1)      w &gt;&gt; 1 in [-2^30, 2^30 - 1]
 * </pre>
 *
 * <p>One bit of the word is given up so that the threshold of C_i = 1 can be represented: an outcome of probability 0 has
 * the thresholds of its neighbour and is never drawn, whichever the word. The probability of an outcome differs from p
 * by at most 2^-31.
 */
public final class Categorical {

    private static final double UNITS = 0x1.0p31;
    private static final int BIAS = 1 << 30;
    private static final double SUM_TOLERANCE = 1e-9;

    private Categorical() {}

    /**
     * Writes the thresholds of one row.
     *
     * @param probabilities row of probabilities at offset ... offset + count - 1, non-negative with sum 1 (to 1e-9)
     * @param offset where the row starts
     * @param count number of outcomes, at least 1
     * @param into receives count - 1 thresholds, in ascending order
     * @param intoOffset where the thresholds start
     * @throws IllegalArgumentException if the row is no distribution
     */
    public static void thresholds(double[] probabilities, int offset, int count, int[] into, int intoOffset) {
        double total = total(probabilities, offset, count);
        double cumulative = 0.0;
        for (int i = 0; i < count - 1; i++) {
            cumulative += probabilities[offset + i];
            into[intoOffset + i] = (int) ((long) (cumulative / total * UNITS + 0.5) - BIAS);
        }
    }

    /**
     * The outcome that a word of 32 random bits selects.
     *
     * @param thresholds thresholds of rows
     * @param offset where the row's thresholds start
     * @param count number of outcomes of the row (one more than it has thresholds)
     * @param word32 32 random bits, of which the upper 31 count
     * @return a number in 0 ... count - 1
     */
    public static int sample(int[] thresholds, int offset, int count, int word32) {
        int draw = word32 >> 1;
        int outcome = 0;
        for (int i = offset; i < offset + count - 1; i++) {
            outcome += thresholds[i] <= draw ? 1 : 0;
        }
        return outcome;
    }

    private static double total(double[] probabilities, int offset, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, but was " + count);
        }
        double total = 0.0;
        for (int i = 0; i < count; i++) {
            double probability = probabilities[offset + i];
            if (!(probability >= 0.0)) {
                throw new IllegalArgumentException(
                        "probability " + i + " must be non-negative, but was " + probability);
            }
            total += probability;
        }
        if (!(Math.abs(total - 1.0) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException("probabilities must have sum 1, but had " + total);
        }
        return total;
    }
}
