package io.stackel.math;

/** The logistic function {@code s(z) = 1 / (1 + exp(-z))} and its integral, without overflow. */
public final class Logistic {

    private Logistic() {}

    /** s(z), in [0, 1]. */
    public static double of(double z) {
        double small = StrictMath.exp(-Math.abs(z));
        return (z < 0 ? small : 1) / (1 + small);
    }

    /** {@code log(1 + exp(z)) = -log s(-z)}, whose derivative is s(z). */
    public static double softplus(double z) {
        return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }
}
