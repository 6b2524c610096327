package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * A data problem whose lower objective is quadratic and strictly convex in w,
 *
 * <pre>
 *   g(x, w) = 1/2 w' H(x) w + b(x)' w + c(x)
 * </pre>
 *
 * <p>with H and b at hand: best response, value and hypergradient are then exact. The data's part of both is summed once.
 */
public interface QuadraticLower extends DataProblem {

    /** Writes H(x), symmetric, row-major n x n. */
    void lowerCurvature(DenseVector upper, double[] into);

    /** Writes b(x), length n. */
    void lowerSlope(DenseVector upper, double[] into);

    /** Adds {@code sum_j weights(j) d/dx (dg/dw_j)} at (x, w) to {@code into}, length m. */
    void addMixedPullback(DenseVector upper, DenseVector lower, double[] weights, double[] into);
}
