package io.stackel.math;

/**
 * The regularised incomplete gamma functions P(a, x) = 1 - Q(a, x), from which tail probabilities follow.
 *
 * <p>Below x = a + 1 the power series of P, above it the continued fraction of Q by Lentz's method; the logarithm of the
 * gamma function is Stirling's series after a shift of the argument to 15 or more. Sources: Abramowitz, Stegun, 6.1.41,
 * 6.5.29 and 6.5.31; Press et al., "Numerical recipes", 3rd edition, section 6.2.
 */
final class IncompleteGamma {

    private static final double PRECISION = 1e-17;
    private static final double TINY = 1e-300;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
    private static final int MAX_TERMS = 1_000_000;

    private IncompleteGamma() {}

    /** P(a, x) for a &gt; 0, x &gt;= 0. */
    static double lower(double a, double x) {
        return x < a + 1.0 ? series(a, x) : 1.0 - fraction(a, x);
    }

    /** Q(a, x) for a &gt; 0, x &gt;= 0. */
    static double upper(double a, double x) {
        return x < a + 1.0 ? 1.0 - series(a, x) : fraction(a, x);
    }

    /** log Gamma(a) for a &gt; 0. */
    static double logGamma(double a) {
        double product = 1.0;
        double shifted = a;
        while (shifted < 15.0) {
            product *= shifted;
            shifted += 1.0;
        }
        double inverse = 1.0 / shifted;
        double square = inverse * inverse;
        double correction = inverse
                * (1.0 / 12.0
                        - square
                                * (1.0 / 360.0
                                        - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square * (1.0 / 1188.0)))));
        double stirling = (shifted - 0.5) * StrictMath.log(shifted) - shifted + HALF_LOG_TWO_PI + correction;
        return stirling - StrictMath.log(product);
    }

    private static double series(double a, double x) {
        if (x == 0.0) {
            return 0.0;
        }
        double term = 1.0 / a;
        double sum = term;
        for (int k = 1; k <= MAX_TERMS; k++) {
            term *= x / (a + k);
            sum += term;
            if (term <= sum * PRECISION) {
                return sum * front(a, x);
            }
        }
        throw new ArithmeticException("series of P(" + a + ", " + x + ") must converge, but did not");
    }

    private static double fraction(double a, double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return 0.0;
        }
        double b = x + 1.0 - a;
        double c = 1.0 / TINY;
        double d = 1.0 / b;
        double value = d;
        for (int k = 1; k <= MAX_TERMS; k++) {
            double numerator = -k * (k - a);
            b += 2.0;
            d = 1.0 / awayFromZero(numerator * d + b);
            c = awayFromZero(b + numerator / c);
            double change = c * d;
            value *= change;
            if (Math.abs(change - 1.0) <= Math.ulp(1.0)) {
                return value * front(a, x);
            }
        }
        throw new ArithmeticException("fraction of Q(" + a + ", " + x + ") must converge, but did not");
    }

    private static double front(double a, double x) {
        return StrictMath.exp(a * StrictMath.log(x) - x - logGamma(a));
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
