package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.problem.Problem;
import org.apache.spark.ml.linalg.DenseVector;

/** Central differences of the term of the upper objective that depends on x alone; a sum of m terms is rounded like one. */
final class TermGradient {

    private static final int MOST_DIRECTIONS = 32;

    private TermGradient() {}

    static Finding check(Problem problem, DenseVector upper, Directions random) {
        double[] gradient = new double[upper.size()];
        problem.addUpperTermGradient(upper, gradient);
        double[] noise = {(upper.size() + 8) * CentralDifference.ROUNDING * Math.abs(problem.upperTerm(upper))};
        WorstError errors = new WorstError("upperTerm in x");
        for (int k = 0; k < Math.min(MOST_DIRECTIONS, upper.size()); k++) {
            double[] direction = random.direction(Use.UPPER, k, upper.size(), MOST_DIRECTIONS);
            CentralDifference difference = CentralDifference.along(
                    x -> new double[] {problem.upperTerm(new DenseVector(x))}, upper.values(), direction, noise);
            errors.add(
                    VectorMath.dot(gradient, direction),
                    difference.value()[0],
                    difference.bound()[0]);
        }
        return errors.finding();
    }
}
