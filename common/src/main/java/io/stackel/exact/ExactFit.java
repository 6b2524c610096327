package io.stackel.exact;

import io.stackel.math.LinearSolver;
import io.stackel.math.VectorMath;
import io.stackel.problem.QuadraticLower;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The best response and the hypergradient of a data problem with a quadratic lower level, at an upper variable:
 *
 * <pre>
 *   w* = -H^-1 b,      dPhi/dx = grad_x f - (d/dx grad_w g)' H^-1 grad_w f        at (x, w*)
 * </pre>
 *
 * <p>by one LU decomposition; w* is refined once.
 */
public final class ExactFit {

    private final QuadraticLower problem;
    private final DenseVector upper;
    private final double[] curvature;
    private final LinearSolver solver;
    private final double[] solution;

    /**
     * Factorises H at x and solves for the best w.
     *
     * @throws ArithmeticException if H is singular or not finite
     */
    public ExactFit(QuadraticLower problem, DenseVector upper) {
        this.problem = problem;
        this.upper = upper;
        int n = problem.lowerSize();
        curvature = new double[n * n];
        problem.lowerCurvature(upper, curvature);
        solver = LinearSolver.factor(curvature, n);
        double[] slope = new double[n];
        problem.lowerSlope(upper, slope);
        solution = solver.solve(VectorMath.scaled(-1, slope));
        double[] residual = VectorMath.scaled(-1, slope);
        VectorMath.addScaled(-1, timesCurvature(solution), residual);
        VectorMath.addScaled(1, solver.solve(residual), solution);
    }

    /** w*, length n. */
    public double[] solution() {
        return solution.clone();
    }

    /** Phi and its gradient. */
    public Objective hypergradient() {
        DenseVector best = new DenseVector(solution);
        double[] gradient = new double[problem.upperSize()];
        double[] inLower = new double[solution.length];
        double value = FullLoss.upper(problem, upper, best, gradient, inLower);
        problem.addMixedPullback(upper, best, VectorMath.scaled(-1, solver.solveTransposed(inLower)), gradient);
        return new Objective(value, gradient);
    }

    /** g(x, w) - g(x, w*) = 1/2 (w - w*)' H (w - w*). */
    public double lowerGap(double[] lower) {
        double[] distance = VectorMath.minus(lower, solution);
        return VectorMath.dot(distance, timesCurvature(distance)) / 2;
    }

    private double[] timesCurvature(double[] vector) {
        int n = vector.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += curvature[i * n + j] * vector[j];
            }
            product[i] = sum;
        }
        return product;
    }
}
