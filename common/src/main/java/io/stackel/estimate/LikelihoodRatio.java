package io.stackel.estimate;

/**
 * Likelihood ratios L = pi_2 / pi_1 of action sequences as running products, at most 1e150 and 0 below 1e-150: by
 * Ville's inequality a path that leaves this range comes back to 1 with a probability of at most 1e-150, and the product of
 * two such factors neither overflows nor becomes subnormal.
 */
final class LikelihoodRatio {

    private static final double LARGEST = 1e150;
    private static final double SMALLEST = 1e-150;

    /** Stands for the logarithm of a probability of zero: finite, so that a weight of zero wins over it. */
    static final double LOG_OF_ZERO = -1e4;

    private LikelihoodRatio() {}

    /** pi_2 / pi_1 of one action from the logarithms. */
    static double of(double firstLog, double secondLog) {
        return clamp(StrictMath.exp(Math.max(secondLog, LOG_OF_ZERO) - Math.max(firstLog, LOG_OF_ZERO)));
    }

    static double clamp(double ratio) {
        return ratio > LARGEST ? LARGEST : ratio < SMALLEST ? 0 : ratio;
    }

    /** The weight {@code 2 / (1 + L)} of policy 1 under the even mixture; that of policy 2 is what is left to 2. */
    static double firstWeight(double ratio) {
        return 2 / (1 + ratio);
    }
}
