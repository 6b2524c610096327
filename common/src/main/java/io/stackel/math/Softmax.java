package io.stackel.math;

/**
 * The softmax of a row of logits, its logarithm and its normaliser, shifted by the row's maximum.
 *
 * <pre>
 *     p_i = exp(z_i - m) / sum_j exp(z_j - m)        m = max z
 *     log p_i = z_i - m - log sum_j exp(z_j - m)
 *     logSumExp(z) = m + log sum_j exp(z_j - m)
 * </pre>
 *
 * <p>A logit of -infinity has probability 0. A row with a NaN, with +infinity, or of -infinity alone has no softmax and
 * gives NaN. Rows are read, and results are written, at offset ... offset + count - 1; {@code into} may be the row
 * itself.
 */
public final class Softmax {

    private Softmax() {}

    /** Writes the probabilities of a row of logits. */
    public static void probabilities(double[] logits, int offset, int count, double[] into) {
        probabilities(logits, offset, count, 1.0, into);
    }

    /**
     * Writes the probabilities of logits divided by a temperature.
     *
     * @param temperature positive
     */
    public static void probabilities(double[] logits, int offset, int count, double temperature, double[] into) {
        requirePositive(temperature);
        double maximum = maximum(logits, offset, count);
        double total = 0.0;
        for (int i = offset; i < offset + count; i++) {
            double weight = StrictMath.exp((logits[i] - maximum) / temperature);
            into[i] = weight;
            total += weight;
        }
        for (int i = offset; i < offset + count; i++) {
            into[i] /= total;
        }
    }

    /** Writes the logarithms of the probabilities of a row of logits. */
    public static void logProbabilities(double[] logits, int offset, int count, double[] into) {
        logProbabilities(logits, offset, count, 1.0, into);
    }

    /** The logarithms of the probabilities of all rows, each of {@code count} logits. */
    public static double[] logProbabilities(double[] logits, int count) {
        double[] logs = new double[logits.length];
        for (int row = 0; row < logits.length; row += count) {
            logProbabilities(logits, row, count, logs);
        }
        return logs;
    }

    /**
     * Writes the logarithms of the probabilities of logits divided by a temperature.
     *
     * @param temperature positive
     */
    public static void logProbabilities(double[] logits, int offset, int count, double temperature, double[] into) {
        requirePositive(temperature);
        double maximum = maximum(logits, offset, count);
        double logTotal = StrictMath.log(shiftedSum(logits, offset, count, temperature, maximum));
        for (int i = offset; i < offset + count; i++) {
            into[i] = (logits[i] - maximum) / temperature - logTotal;
        }
    }

    /** log sum_i exp(v_i); -infinity where every element is, +infinity where one is. */
    public static double logSumExp(double[] v, int offset, int count) {
        return logSumExp(v, offset, count, 1.0);
    }

    /**
     * The soft maximum temperature * log sum_i exp(v_i / temperature), in units of v; the maximum at temperature 0.
     *
     * @param temperature non-negative
     */
    public static double logSumExp(double[] v, int offset, int count, double temperature) {
        if (!(temperature >= 0.0)) {
            throw new IllegalArgumentException("temperature must be non-negative, but was " + temperature);
        }
        double maximum = maximum(v, offset, count);
        if (temperature == 0.0 || Double.isInfinite(maximum)) {
            return maximum;
        }
        return maximum + temperature * StrictMath.log(shiftedSum(v, offset, count, temperature, maximum));
    }

    private static double shiftedSum(double[] v, int offset, int count, double temperature, double maximum) {
        double total = 0.0;
        for (int i = offset; i < offset + count; i++) {
            total += StrictMath.exp((v[i] - maximum) / temperature);
        }
        return total;
    }

    private static double maximum(double[] v, int offset, int count) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + count; i++) {
            maximum = Math.max(maximum, v[i]);
        }
        return maximum;
    }

    private static void requirePositive(double temperature) {
        if (!(temperature > 0.0)) {
            throw new IllegalArgumentException("temperature must be positive, but was " + temperature);
        }
    }
}
