package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.TrajectoryProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose upper objective has a quadratic term:
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 */
interface Regularized extends TrajectoryProblem {

    /** At least 0. */
    double regularization();

    @Override
    default double upperTerm(DenseVector upper) {
        return regularization() / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    default void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization(), upper.values(), into);
    }
}
