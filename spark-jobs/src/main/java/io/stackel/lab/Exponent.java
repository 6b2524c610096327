package io.stackel.lab;

import io.stackel.math.Bootstrap;
import io.stackel.math.Bootstrap.Interval;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The k of {@code samples = a eps^-k}: the slope of log samples on log 1/eps by least squares. Every seed has the same
 * accuracies, so the slope of all is the mean of the slopes of seeds, and its interval a bootstrap over them, 95 %.
 */
public final class Exponent {

    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 10_000;

    private Exponent() {}

    /**
     * Fits the power law.
     *
     * @param epsilons at least two
     * @param samples of a seed each, in the order of the accuracies
     * @param number of the fit, the address of its resamples
     */
    static Interval of(double[] epsilons, List<double[]> samples, int number) {
        double[] logs = Arrays.stream(epsilons).map(eps -> -Math.log(eps)).toArray();
        double[] slopes =
                samples.stream().mapToDouble(seed -> slope(logs, seed)).toArray();
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 2, number, 0, 0);
        return Bootstrap.ofMean(slopes, CONFIDENCE, RESAMPLES, random::nextInt);
    }

    /** An exponent with its interval, for people. */
    public static String words(Interval fit) {
        return word(fit.mean()) + " (" + word(fit.low()) + " to " + word(fit.high()) + ")";
    }

    /** An exponent with two decimals, and no minus before a zero. */
    public static String word(double exponent) {
        return String.format(Locale.ROOT, "%.2f", Math.rint(100 * exponent) / 100 + 0.0);
    }

    private static double slope(double[] logs, double[] samples) {
        double middle = Arrays.stream(logs).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < logs.length; i++) {
            products += (logs[i] - middle) * Math.log(samples[i]);
            squares += (logs[i] - middle) * (logs[i] - middle);
        }
        return products / squares;
    }
}
