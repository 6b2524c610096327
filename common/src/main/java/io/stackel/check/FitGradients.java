package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.exact.ExactFit;
import io.stackel.exact.Objective;
import io.stackel.math.VectorMath;
import io.stackel.problem.QuadraticLower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The tables of a quadratic lower level against gradients over all rows, and the hypergradient against central differences
 * of the objective at the best response.
 */
final class FitGradients {

    private static final int MOST_DIRECTIONS = 4;

    private final QuadraticLower problem;
    private final CheckPoint at;
    private final Directions random;

    FitGradients(QuadraticLower problem, CheckPoint at, Directions random) {
        this.problem = problem;
        this.at = at;
        this.random = random;
    }

    /** A number that depends on a vector. */
    interface Function {
        double at(double[] vector);
    }

    List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        findings.add(slope());
        findings.add(curvature());
        findings.add(mixed());
        ExactFit fit = new ExactFit(problem, at.upper());
        findings.add(stationary(fit));
        findings.add(hypergradient(fit));
        return findings;
    }

    private double[] lowerGradient(double[] x, double[] w) {
        return DataCheck.fullLowerGradient(problem, new DenseVector(x), new DenseVector(w));
    }

    private Finding slope() {
        double[] slope = new double[problem.lowerSize()];
        problem.lowerSlope(at.upper(), slope);
        double[] wanted = lowerGradient(at.upper().values(), new double[slope.length]);
        return same("lowerSlope", VectorMath.minus(slope, wanted), wanted, "b(x) less the full grad_w g at w = 0");
    }

    private static Finding same(String name, double[] distance, double[] wanted, String explanation) {
        return new Finding(
                name, VectorMath.maxAbs(distance), 1e-9 * Math.max(1, VectorMath.maxAbs(wanted)), explanation);
    }

    /** H v against grad_w g(x, v) - grad_w g(x, 0), which is exact for a quadratic. */
    private Finding curvature() {
        int n = problem.lowerSize();
        double[] table = new double[n * n];
        problem.lowerCurvature(at.upper(), table);
        double[] direction = random.normal(Use.LOWER, 0, n);
        double[] wanted = VectorMath.minus(
                lowerGradient(at.upper().values(), direction),
                lowerGradient(at.upper().values(), new double[n]));
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            product[i] = VectorMath.dot(Arrays.copyOfRange(table, i * n, (i + 1) * n), direction);
        }
        return same(
                "lowerCurvature",
                VectorMath.minus(product, wanted),
                wanted,
                "H(x) v less the difference of the full grad_w g at w = v and at 0, for a normal v");
    }

    private Finding mixed() {
        double[] weights = random.normal(Use.WEIGHTS, 0, problem.lowerSize());
        double[] pullback = new double[problem.upperSize()];
        problem.addMixedPullback(at.upper(), new DenseVector(at.lower()), weights, pullback);
        return compare("mixed pullback in x", pullback, x -> VectorMath.dot(weights, lowerGradient(x, at.lower())));
    }

    private Finding stationary(ExactFit fit) {
        double[] gradient = lowerGradient(at.upper().values(), fit.solution());
        return same("best response", gradient, fit.solution(), "the full grad_w g at the exact solution");
    }

    private Finding hypergradient(ExactFit fit) {
        Objective objective = fit.hypergradient();
        return compare(
                "exact hypergradient in x",
                objective.gradient(),
                x -> new ExactFit(problem, new DenseVector(x)).hypergradient().value());
    }

    private Finding compare(String name, double[] gradient, Function function) {
        WorstError errors = new WorstError(name);
        double[] upper = at.upper().values();
        double scale = 1 + Math.abs(function.at(upper));
        double[] noise = {256 * problem.lowerSize() * CentralDifference.ROUNDING * scale};
        for (int k = 0; k < Math.min(MOST_DIRECTIONS, upper.length); k++) {
            double[] direction = random.direction(Use.UPPER, k, upper.length, MOST_DIRECTIONS);
            CentralDifference difference =
                    CentralDifference.along(x -> new double[] {function.at(x)}, upper, direction, noise);
            errors.add(
                    VectorMath.dot(gradient, direction),
                    difference.value()[0],
                    difference.bound()[0]);
        }
        return errors.finding();
    }
}
