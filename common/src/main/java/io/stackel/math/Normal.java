package io.stackel.math;

import static io.stackel.math.Requirements.require;

/** The standard normal distribution. */
public final class Normal {

    private static final double SQRT_TWO_PI = 2.5066282746310007;

    private Normal() {}

    /**
     * The probability of a value at most x, from the incomplete gamma function.
     *
     * <p>Relative error below 1e-13 for -10 &lt;= x, below 1e-12 for -37 &lt;= x.
     */
    public static double cdf(double x) {
        double tail = 0.5 * GammaTail.of(0.5, 0.5 * x * x);
        return x < 0.0 ? tail : 1.0 - tail;
    }

    /**
     * The x whose {@link #cdf} is p.
     *
     * <p>Start: Abramowitz, Stegun, 26.2.23 (error below 4.5e-4); then two steps of Halley. Error below 1e-13
     * max(1, |x|) for p in [1e-300, 1 - 1e-3]; above, the rounding of p itself weighs more.
     *
     * @param p in (0, 1)
     */
    public static double quantile(double p) {
        require(p > 0.0 && p < 1.0, "p must be in (0, 1), but was " + p);
        double tail = Math.min(p, 1.0 - p);
        double t = Math.sqrt(-2.0 * StrictMath.log(tail));
        double numerator = 2.515517 + t * (0.802853 + t * 0.010328);
        double denominator = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        double x = numerator / denominator - t;
        for (int step = 0; step < 2; step++) {
            double newton = (cdf(x) - tail) * SQRT_TWO_PI * StrictMath.exp(0.5 * x * x);
            x -= newton / (1.0 + 0.5 * x * newton);
        }
        return p <= 0.5 ? x : -x;
    }
}
