package io.stackel.check;

import java.util.Arrays;
import java.util.Locale;

/**
 * Sums of deviations from a conditional mean, under several weights that are known before the deviation is drawn:
 *
 * <pre>
 *     score = sum w X / sqrt( sum (w X)^2 ),      E[ X | the past ] = 0
 * </pre>
 *
 * <p>which tends to the standard normal distribution (self-normalised martingale limit theorem; de la Pena, Lai, Shao,
 * Self-normalized processes, 2009). A deviation without noise that is always of one sign scores sqrt(count).
 */
final class Martingale {

    private final String name;
    private final String what;
    private final double[] sums;
    private final double[] squares;
    private long count;

    /**
     * Sums over no trajectories yet.
     *
     * @param what the deviation is, for the explanation
     * @param weights number of weights
     */
    Martingale(String name, String what, int weights) {
        this.name = name;
        this.what = what;
        sums = new double[weights];
        squares = new double[weights];
    }

    /** Adds a deviation; those of rounding alone, at most {@code tolerance}, count as zero. */
    void add(double deviation, double tolerance, double... weights) {
        count++;
        if (Math.abs(deviation) <= tolerance) {
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weights[i] * deviation;
            squares[i] += weights[i] * weights[i] * deviation * deviation;
        }
    }

    /** One a weight. */
    double[] scores() {
        double[] scores = new double[sums.length];
        Arrays.setAll(scores, i -> squares[i] == 0 ? 0 : sums[i] / Math.sqrt(squares[i]));
        return scores;
    }

    Evidence evidence() {
        return new Evidence(
                name,
                scores(),
                String.format(Locale.ROOT, "%s: mean deviation in standard errors over %d steps", what, count));
    }
}
