package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.check.GradientComparison.Claim;
import io.stackel.exact.ExactFit;
import io.stackel.exact.FullLoss;
import io.stackel.math.VectorMath;
import io.stackel.problem.QuadraticLower;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The tables of a quadratic lower level against gradients over all rows, and the hypergradient against central differences
 * of the objective at the best response.
 */
record FitGradients(QuadraticLower problem, CheckPoint at, Directions random) {

    private static final int MOST_DIRECTIONS = 4;

    List<Finding> check() {
        ExactFit fit = new ExactFit(problem, at.upper());
        double[] weights = random.normal(Use.WEIGHTS, 0, problem.lowerSize());
        double[] pullback = new double[problem.upperSize()];
        problem.addMixedPullback(at.upper(), new DenseVector(at.lower()), weights, pullback);
        return List.of(
                slope(),
                curvature(),
                compare(
                        "mixed pullback in x",
                        pullback,
                        x -> VectorMath.dot(weights, lowerGradient(new DenseVector(x), at.lower()))),
                same(
                        "best response",
                        lowerGradient(at.upper(), fit.solution()),
                        fit.solution(),
                        "the full grad_w g at the exact solution"),
                compare(
                        "exact hypergradient in x",
                        fit.hypergradient().gradient(),
                        x -> new ExactFit(problem, new DenseVector(x))
                                .hypergradient()
                                .value()));
    }

    private double[] lowerGradient(DenseVector x, double[] w) {
        double[] gradient = new double[w.length];
        FullLoss.lower(problem, x, new DenseVector(w), new double[0], gradient);
        return gradient;
    }

    private Finding slope() {
        double[] slope = new double[problem.lowerSize()];
        problem.lowerSlope(at.upper(), slope);
        double[] wanted = lowerGradient(at.upper(), new double[slope.length]);
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
        double[] wanted =
                VectorMath.minus(lowerGradient(at.upper(), direction), lowerGradient(at.upper(), new double[n]));
        double[] product = new double[n];
        Arrays.setAll(product, i -> VectorMath.dot(Arrays.copyOfRange(table, i * n, (i + 1) * n), direction));
        return same(
                "lowerCurvature",
                VectorMath.minus(product, wanted),
                wanted,
                "H(x) v less the difference of the full grad_w g at w = v and at 0, for a normal v");
    }

    private Finding compare(String name, double[] gradient, ToDoubleFunction<double[]> function) {
        double[] upper = at.upper().values();
        double scale = 1 + Math.abs(function.applyAsDouble(upper));
        double noise = 256 * problem.lowerSize() * CentralDifference.ROUNDING * scale;
        return new GradientComparison(random, MOST_DIRECTIONS)
                .of(Use.UPPER, upper, new Claim(name, gradient, noise), function);
    }
}
