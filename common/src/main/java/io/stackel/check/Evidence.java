package io.stackel.check;

import io.stackel.math.ChiSquare;
import io.stackel.math.Normal;
import io.stackel.math.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores that are standard normal without fault, to be judged together with all other scores of a report.
 *
 * <p>With n scores in a report, {@link #judge} lets each reach the two-sided quantile of {@value #FALSE_ALARMS} / n
 * (Bonferroni): a report without any fault fails with at most that probability, as far as the scores are normal.
 *
 * @param name of the finding
 * @param scores at least one
 * @param explanation of the finding
 */
record Evidence(String name, double[] scores, String explanation) {

    /** The probability that a report without fault fails by chance. */
    static final double FALSE_ALARMS = 1e-6;

    private static final double SMALLEST_TAIL = 1e-300;
    private static final double SAME = 1e-9;

    /** Findings from all evidence of a report; errors and bounds are in standard errors. */
    static List<Finding> judge(List<Evidence> evidence) {
        long count = 0;
        for (Evidence one : evidence) {
            count += one.scores.length;
        }
        List<Finding> findings = new ArrayList<>();
        if (count == 0) {
            return findings;
        }
        double bound = -Normal.quantile(FALSE_ALARMS / (2 * count));
        for (Evidence one : evidence) {
            findings.add(new Finding(one.name, one.worst(), bound, one.explanation));
        }
        return findings;
    }

    private double worst() {
        double worst = 0;
        for (double score : scores) {
            worst = Math.max(worst, Math.abs(score));
        }
        return worst;
    }

    /**
     * The score of a mean: Student's t with n - 1 degrees of freedom, moved to a normal number of the same tail.
     *
     * <pre>
     *     z = (8 v + 1)/(8 v + 3) sqrt( v log(1 + t^2/v) )        v = n - 1
     * </pre>
     *
     * <p>Source: Wallace, Bounds on normal approximations to Student's and the chi-square distributions, Annals of
     * Mathematical Statistics 30, 1959. A sample without spread has to equal the expectation to nine digits of {@code
     * scale}.
     */
    static double ofMean(double[] sample, double expected, double scale) {
        double distance = Statistics.mean(sample) - expected;
        if (Math.abs(distance) <= SAME * scale) {
            return 0;
        }
        double t = distance / Statistics.standardError(sample);
        double freedom = sample.length - 1.0;
        double z = (8 * freedom + 1)
                / (8 * freedom + 3)
                * Math.sqrt(freedom * StrictMath.log(1 + Math.min(t * t / freedom, Double.MAX_VALUE)));
        return Math.copySign(z, t);
    }

    /** The score of a chi-square statistic: the normal number with the same upper tail. */
    static double ofChiSquare(double statistic, double degreesOfFreedom) {
        return ofTail(ChiSquare.upperTail(statistic, degreesOfFreedom));
    }

    /** The normal number whose upper tail is p; at most 37, where p is 1e-300. */
    static double ofTail(double p) {
        return p >= 1 ? 0 : -Normal.quantile(Math.max(p, SMALLEST_TAIL));
    }
}
