package io.stackel.math;

import static io.stackel.math.Requirements.require;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals by resampling with replacement.
 *
 * <p>With B resamples of the size of the sample, the interval of confidence c reaches from the (1 - c) / 2 to the
 * (1 + c) / 2 quantile of the B means. Source: Efron, Tibshirani, "An introduction to the bootstrap", 1993, section
 * 13.3. For fewer than about ten values the interval is too short.
 *
 * <p>Randomness is passed in as a function from a bound to an index that is uniform on 0 ... bound - 1; it is asked n
 * times a resample, in order.
 */
public final class Bootstrap {

    /** From fewer values no interval may decide which of two is better: it is much too short. */
    public static final int FEWEST = 5;

    private Bootstrap() {}

    /** A mean, or another statistic, and its interval. */
    public record Interval(double mean, double low, double high) {}

    /**
     * The interval of the mean.
     *
     * @param sample at least one value
     * @param confidence in (0, 1)
     * @param resamples number of resamples B, at least 1
     * @param index the source of randomness
     */
    public static Interval ofMean(double[] sample, double confidence, int resamples, IntUnaryOperator index) {
        requireSettings(confidence, resamples);
        double mean = Statistics.mean(sample);
        double[] means = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            means[b] = resampledMean(sample, index);
        }
        return interval(mean, means, confidence);
    }

    /**
     * The interval of the mean of first - second, where the two samples are paired by index.
     *
     * @throws IllegalArgumentException if the samples are not of one size
     */
    public static Interval ofPairedDifference(
            double[] first, double[] second, double confidence, int resamples, IntUnaryOperator index) {
        return ofMean(VectorMath.minus(first, second), confidence, resamples, index);
    }

    /**
     * The interval of a statistic of several samples thrown together, where each is resampled by itself, so that every
     * resample has as many values of each.
     *
     * @param strata samples of at least one value each
     * @param statistic of all values, stratum after stratum
     * @param confidence in (0, 1)
     * @param resamples number of resamples B, at least 1
     * @param index the source of randomness
     */
    public static Interval ofStrata(
            List<double[]> strata,
            ToDoubleFunction<double[]> statistic,
            double confidence,
            int resamples,
            IntUnaryOperator index) {
        requireSettings(confidence, resamples);
        double[] whole = strata.stream().flatMapToDouble(Arrays::stream).toArray();
        double[] values = new double[resamples];
        double[] resample = new double[whole.length];
        for (int b = 0; b < resamples; b++) {
            int next = 0;
            for (double[] stratum : strata) {
                for (int i = 0; i < stratum.length; i++) {
                    resample[next++] = stratum[index.applyAsInt(stratum.length)];
                }
            }
            values[b] = statistic.applyAsDouble(resample);
        }
        return interval(statistic.applyAsDouble(whole), values, confidence);
    }

    private static void requireSettings(double confidence, int resamples) {
        require(confidence > 0.0 && confidence < 1.0, "confidence must be in (0, 1), but was " + confidence);
        require(resamples >= 1, "resamples must be at least 1, but was " + resamples);
    }

    /** Sorts the resampled values and takes their quantiles. */
    private static Interval interval(double value, double[] resampled, double confidence) {
        Arrays.sort(resampled);
        double tail = 0.5 * (1.0 - confidence);
        return new Interval(
                value,
                Statistics.quantileOfSorted(resampled, tail),
                Statistics.quantileOfSorted(resampled, 1.0 - tail));
    }

    private static double resampledMean(double[] sample, IntUnaryOperator index) {
        double sum = 0.0;
        for (int i = 0; i < sample.length; i++) {
            sum += sample[index.applyAsInt(sample.length)];
        }
        return sum / sample.length;
    }
}
