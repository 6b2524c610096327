package io.stackel.check;

import io.stackel.math.ChiSquare;
import java.util.Locale;

/**
 * Observed frequencies against probabilities, row by row, as two scores: all rows together and the worst row.
 *
 * <p>In a row of n observations, outcomes that are expected less than {@value #LEAST_EXPECTED} times are pooled. A pool
 * that is still expected less often is tested by the upper tail of Poisson's distribution, and the other cells given
 * their total. With k cells of probabilities p, observed o and expected e,
 *
 * <pre>
 *     all rows:   X = sum (o - e)^2 / e       mean k - 1      variance 2 (k - 1) + ( sum 1/p - k^2 - 2 k + 2 ) / n
 *                 referred to the chi-square distribution that, scaled, has the mean and the variance of the sum
 *     worst row:  G = 2 sum o log(o / e)      chi-square with k - 1 degrees; the smallest tail times the tests made
 * </pre>
 *
 * <p>Far tails of X are heavier than those of chi-square where e is small (23 observations at e = 5 happen once in 5e8,
 * not once in 1e14); those of G are right, since exp(-G/2) is the exponential rate of the probability. An outcome of
 * probability zero that was seen decides alone. Source of the variance: Haldane, Biometrika 29, 1937.
 */
final class FrequencyTest {

    private static final int LEAST_EXPECTED = 5;
    private static final double IMPOSSIBLE = 37;
    private static final double SMALLEST_POISSON_TAIL = 1e-16;

    private final String name;
    private final String what;
    private long total;
    private long rows;
    private long unseen;
    private long impossible;
    private double statistic;
    private double mean;
    private double variance;
    private double smallestTail = 1;

    /**
     * A test that has counted nothing yet.
     *
     * @param name of the finding
     * @param what the rows are, for its explanation
     */
    FrequencyTest(String name, String what) {
        this.name = name;
        this.what = what;
    }

    /**
     * Adds a row.
     *
     * @param observed counts of the outcomes
     * @param probabilities of the outcomes, as many
     */
    void add(long[] observed, double[] probabilities) {
        long n = 0;
        for (long count : observed) {
            n += count;
        }
        if (n == 0) {
            unseen++;
            return;
        }
        total += n;
        rows++;
        double[] seen = new double[observed.length + 1];
        double[] expected = new double[observed.length + 1];
        int cells = 0;
        double pool = 0;
        double poolExpected = 0;
        for (int i = 0; i < observed.length; i++) {
            double share = n * probabilities[i];
            if (probabilities[i] == 0) {
                impossible += observed[i];
            } else if (share < LEAST_EXPECTED) {
                poolExpected += share;
                pool += observed[i];
            } else {
                seen[cells] = observed[i];
                expected[cells++] = share;
            }
        }
        if (poolExpected >= LEAST_EXPECTED) {
            seen[cells] = pool;
            expected[cells++] = poolExpected;
        } else if (pool > 0) {
            double fewer = ChiSquare.upperTail(2 * poolExpected, 2 * pool);
            smallestTail = Math.min(smallestTail, Math.max(SMALLEST_POISSON_TAIL, 1 - fewer));
        }
        if (cells > 1) {
            addCells(seen, expected, cells);
        }
    }

    private void addCells(double[] seen, double[] expected, int cells) {
        double n = 0;
        double mass = 0;
        for (int i = 0; i < cells; i++) {
            n += seen[i];
            mass += expected[i];
        }
        double likelihood = 0;
        double inverse = 0;
        for (int i = 0; i < cells; i++) {
            double share = expected[i] / mass * n;
            statistic += n == 0 ? 0 : (seen[i] - share) * (seen[i] - share) / share;
            likelihood += seen[i] == 0 ? 0 : 2 * seen[i] * StrictMath.log(seen[i] / share);
            inverse += mass / expected[i];
        }
        double freedom = cells - 1;
        mean += freedom;
        variance += 2 * freedom + (inverse - (double) cells * cells - 2.0 * cells + 2) / Math.max(1, n);
        smallestTail = Math.min(smallestTail, ChiSquare.upperTail(Math.max(0, likelihood), freedom));
    }

    Evidence evidence() {
        double worst = Evidence.ofTail(2 * rows * smallestTail);
        double[] scores = {impossible > 0 ? IMPOSSIBLE : together(), worst};
        String explanation = String.format(
                Locale.ROOT,
                "%s: frequencies against probabilities, all rows and the worst one as normal scores; %d observations in"
                        + " %d rows, %d rows not seen, %d observations of outcomes with probability zero",
                what,
                total,
                rows,
                unseen,
                impossible);
        return new Evidence(name, scores, explanation);
    }

    private double together() {
        if (mean == 0) {
            return 0;
        }
        double scale = variance / (2 * mean);
        return Evidence.ofChiSquare(statistic / scale, mean / scale);
    }
}
