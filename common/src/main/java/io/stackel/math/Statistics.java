package io.stackel.math;

import static io.stackel.math.Requirements.require;

import java.util.Arrays;

/** Descriptive statistics of a sample, summed in the sample's order. */
public final class Statistics {

    private Statistics() {}

    /** The mean of at least one value. */
    public static double mean(double[] sample) {
        requireSize(sample, 1);
        double sum = 0.0;
        for (double value : sample) {
            sum += value;
        }
        return sum / sample.length;
    }

    /** The unbiased variance, sum_i (x_i - mean)^2 / (n - 1), of at least two values, in two passes. */
    public static double variance(double[] sample) {
        requireSize(sample, 2);
        double mean = mean(sample);
        double sum = 0.0;
        for (double value : sample) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (sample.length - 1);
    }

    /** The standard error of the mean, sqrt(variance / n), of at least two values. */
    public static double standardError(double[] sample) {
        return Math.sqrt(variance(sample) / sample.length);
    }

    /**
     * A quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, The American Statistician
     * 50, 1996; the default of R and NumPy).
     *
     * @param sample at least one value, in any order
     * @param level in [0, 1]
     */
    public static double quantile(double[] sample, double level) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return quantileOfSorted(sorted, level);
    }

    /**
     * The interquartile mean: the mean of what is left when the floor(n/4) smallest and as many largest values are set
     * aside. For few values as robust as the median, with less variance. Source: Agarwal et al., "Deep reinforcement
     * learning at the edge of the statistical precipice", NeurIPS 2021.
     *
     * @param sample at least one value, in any order
     */
    public static double interquartileMean(double[] sample) {
        requireSize(sample, 1);
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        int aside = sorted.length / 4;
        return mean(Arrays.copyOfRange(sorted, aside, sorted.length - aside));
    }

    /** The {@link #quantile} of a sample in ascending order. */
    static double quantileOfSorted(double[] sorted, double level) {
        requireSize(sorted, 1);
        require(level >= 0.0 && level <= 1.0, "level must be in [0, 1], but was " + level);
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static void requireSize(double[] sample, int least) {
        require(sample.length >= least, "sample must have at least " + least + " values, but had " + sample.length);
    }
}
