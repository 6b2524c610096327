package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import io.stackel.math.VectorMath;

/** Shortening of gradients that are too long. */
public final class Clipping {

    private Clipping() {}

    /**
     * The factor min(1, limit / |gradient|) that brings a gradient's Euclidean norm to at most the limit.
     *
     * @param gradient the gradient; a NaN in it gives NaN
     * @param limit largest norm, positive; infinite for no limit
     */
    public static double scale(double[] gradient, double limit) {
        require(limit > 0.0, "limit must be positive, but was " + limit);
        double norm = VectorMath.norm(gradient);
        return norm <= limit ? 1.0 : limit / norm;
    }

    /** A new array: the gradient times {@link #scale}. */
    public static double[] byNorm(double[] gradient, double limit) {
        return VectorMath.scaled(scale(gradient, limit), gradient);
    }
}
