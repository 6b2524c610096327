package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import io.stackel.math.VectorMath;

/**
 * The Euclidean projection onto a closed convex set, argmin over y in the set of |y - x|.
 *
 * <p>Implementations change nothing but the array they are given and may be shared between threads. A NaN stays a NaN.
 */
@FunctionalInterface
public interface Projection {

    /** Replaces x by the nearest point of the set. */
    void projectInPlace(double[] x);

    /** How far a point of the set is from stationary: |x - projection(x - gradient)|, the gradient's norm where x is free. */
    default double gap(double[] x, double[] gradient) {
        double[] moved = VectorMath.minus(x, gradient);
        projectInPlace(moved);
        return VectorMath.norm(VectorMath.minus(moved, x));
    }

    /** The whole space: leaves x alone. */
    static Projection none() {
        return x -> {};
    }

    /**
     * The box of all x with low &lt;= x_i &lt;= high; bounds may be infinite.
     *
     * @throws IllegalArgumentException unless low &lt;= high
     */
    static Projection box(double low, double high) {
        require(low <= high, "low must be at most high, but low was " + low + " and high " + high);
        return x -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.min(high, Math.max(low, x[i]));
            }
        };
    }

    /**
     * The ball of Euclidean norm at most radius about the origin.
     *
     * @param radius positive
     */
    static Projection ball(double radius) {
        require(radius > 0.0, "radius must be positive, but was " + radius);
        return x -> {
            double scale = Clipping.scale(x, radius);
            for (int i = 0; i < x.length; i++) {
                x[i] *= scale;
            }
        };
    }

    /**
     * The product of probability simplices: every row of rowSize elements becomes a distribution.
     *
     * @param rowSize elements a row, at least 1; the length of x must be a multiple of it
     */
    static Projection simplex(int rowSize) {
        require(rowSize >= 1, "rowSize must be at least 1, but was " + rowSize);
        return x -> {
            if (x.length % rowSize != 0) {
                throw new IllegalArgumentException(
                        "length must be a multiple of rowSize " + rowSize + ", but was " + x.length);
            }
            for (int offset = 0; offset < x.length; offset += rowSize) {
                Simplex.projectInPlace(x, offset, rowSize);
            }
        };
    }
}
