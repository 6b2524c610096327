package io.stackel.math;

import org.apache.commons.math3.special.Gamma;

/**
 * The regularised incomplete gamma function Q(a, x), from which tail probabilities follow; the values are those of Apache
 * Commons Math, which comes with Spark.
 *
 * <p>A cluster may bring another version of that library with other last digits. So only verdicts follow from here, never
 * what a run computes; an architecture test holds it.
 */
final class GammaTail {

    private static final double PRECISION = 1e-16;
    private static final int MOST_TERMS = 1_000_000;

    private GammaTail() {}

    /** Q(a, x) for a &gt; 0, x &gt;= 0. */
    static double of(double a, double x) {
        return x == Double.POSITIVE_INFINITY ? 0 : Gamma.regularizedGammaQ(a, x, PRECISION, MOST_TERMS);
    }
}
