package io.stackel.algorithm;

/**
 * The schedule of Gaur et al. 2025 for a squared stationarity of epsilon, with every constant equal to one:
 *
 * <pre>
 *   sigma = epsilon^(1/2),  iterations = 1 / epsilon,  outer units = inner units = epsilon^-2,
 *   inner steps = log(1 / epsilon),  horizon = log(1 / epsilon) / (1 - discount)
 * </pre>
 *
 * <p>It belongs to the one-sided difference of independent batches, which {@code algorithm.preset: published} forces.
 *
 * @param sigma of the surrogate
 * @param iterations T
 * @param units of outer and of inner batches, B = n
 * @param innerSteps K, at least 1
 * @param horizon at least 1
 */
public record PublishedSchedule(double sigma, long iterations, int units, int innerSteps, int horizon) {

    /**
     * The schedule of an epsilon.
     *
     * @param epsilon in (0, 1)
     * @param discount in [0, 1)
     */
    public static PublishedSchedule of(double epsilon, double discount) {
        double log = StrictMath.log(1 / epsilon);
        return new PublishedSchedule(
                Math.sqrt(epsilon),
                (long) StrictMath.ceil(1 / epsilon),
                ceiling(1 / (epsilon * epsilon)),
                ceiling(log),
                ceiling(log / (1 - discount)));
    }

    private static int ceiling(double value) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, StrictMath.ceil(value)));
    }
}
