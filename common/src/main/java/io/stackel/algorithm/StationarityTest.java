package io.stackel.algorithm;

import static io.stackel.math.Requirements.require;

/**
 * A sequential test whether the hypergradient is small: it looks at a batch that was drawn at x, for x does not depend on it,
 * and at look l = 1, 2, ... accepts if
 *
 * <pre>
 *   |g| + SE ( 1 + sqrt( 2 ln(1 / a_l) ) ) &lt;= bound,     a_l = 6 a / (pi^2 l^2)
 * </pre>
 *
 * <p>The a_l sum up to the error rate a, so that over all looks together a larger mean gradient is accepted with at most this
 * probability, as far as the mean of a batch is normal. SE is of the sampling alone: what is bounded is the gradient that is
 * estimated, which differs from the hypergradient by the biases of sigma, of the inner solver and of the horizon.
 *
 * @param bound of the norm
 * @param errorRate a, in (0, 1)
 */
public record StationarityTest(double bound, double errorRate) {

    /** Below so many units the mean of a batch is not near enough to a normal one. */
    public static final long FEWEST_UNITS = 200;

    public StationarityTest {
        require(bound > 0, "bound must be above 0, but was " + bound);
        require(errorRate > 0 && errorRate < 1, "errorRate must be in (0, 1), but was " + errorRate);
    }

    /**
     * Whether a look accepts.
     *
     * @param norm of the gradient of a batch
     * @param standardError of it
     * @param look its number, from 1
     */
    boolean accepts(double norm, double standardError, long look) {
        double rate = 6 * errorRate / (Math.PI * Math.PI * look * look);
        return norm + standardError * (1 + Math.sqrt(-2 * StrictMath.log(rate))) <= bound;
    }
}
