package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.problem.Problem;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Compares gradients with central differences: along every coordinate, or along random directions where there are more
 * coordinates than {@code most}.
 */
record GradientComparison(Directions random, int most) {

    /** The directions along which tables and terms are looked at, which cost little. */
    static final int MOST_OF_TABLES = 32;

    /**
     * A gradient, as it is claimed.
     *
     * @param name of the finding
     * @param noise bound of the rounding error of the function's value
     */
    record Claim(String name, double[] gradient, double noise) {}

    /** The term of the upper objective that depends on x alone; a sum of m terms is rounded like one. */
    static Finding ofUpperTerm(Problem problem, DenseVector upper, Directions random) {
        double[] gradient = new double[upper.size()];
        problem.addUpperTermGradient(upper, gradient);
        double noise = (upper.size() + 8) * CentralDifference.ROUNDING * Math.abs(problem.upperTerm(upper));
        return new GradientComparison(random, MOST_OF_TABLES)
                .of(
                        Use.UPPER,
                        upper.values(),
                        new Claim("upperTerm in x", gradient, noise),
                        x -> problem.upperTerm(new DenseVector(x)));
    }

    /** The finding about one function. */
    Finding of(Use use, double[] at, Claim claim, ToDoubleFunction<double[]> function) {
        return of(use, at, List.of(claim), y -> new double[] {function.applyAsDouble(y)})
                .get(0);
    }

    /**
     * One finding a claim, in order.
     *
     * @param use of the directions
     * @param at where the gradients are claimed
     * @param functions the values of all claims' functions at a point near it
     */
    List<Finding> of(Use use, double[] at, List<Claim> claims, UnaryOperator<double[]> functions) {
        double[] noise = claims.stream().mapToDouble(Claim::noise).toArray();
        List<WorstError> errors =
                claims.stream().map(claim -> new WorstError(claim.name)).toList();
        for (int k = 0; k < Math.min(most, at.length); k++) {
            double[] direction = random.direction(use, k, at.length, most);
            CentralDifference difference = CentralDifference.along(functions, at, direction, noise);
            for (int i = 0; i < noise.length; i++) {
                double derivative = VectorMath.dot(claims.get(i).gradient, direction);
                errors.get(i).add(derivative, difference.value()[i], difference.bound()[i]);
            }
        }
        return errors.stream().map(WorstError::finding).toList();
    }
}
