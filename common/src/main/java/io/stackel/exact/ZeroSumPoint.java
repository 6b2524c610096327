package io.stackel.exact;

import io.stackel.math.LinearSolver;
import io.stackel.math.VectorMath;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A zero-sum game with its tables at one upper variable x: profiles of policies, the equilibrium, and the designer's
 * objective there with its exact gradient.
 *
 * <p>The equilibrium solves, in each state, {@code u = M q / tau} and {@code v = -M' p / tau} with p = softmax(u), q =
 * softmax(v) and M = r_x + discount P V. Differentiating both, with C the covariance diag(p) - p p' of a policy,
 *
 * <pre>
 *     K (du, dv) = (dM q, -dM' p) / tau           K = [ I, -M C_q / tau;  M' C_p / tau, I ]
 *     df = g'(du, dv) = sum w(s,a,b) dM(s,a,b)    w = ( z_1(a) q(b) - p(a) z_2(b) ) / tau,   K' z = g = df/d(u, v)
 * </pre>
 *
 * <p>and dM follows from x by one adjoint solve as in {@link ExactPoint}, since dV = p' dM q.
 */
public final class ZeroSumPoint {

    private final ZeroSumModel model;
    private final DenseVector upper;
    private final PointTables joint;

    ZeroSumPoint(ZeroSumModel model, DenseVector upper) {
        this.model = model;
        this.upper = upper;
        joint = new PointTables(model.joint, upper);
    }

    /** Two policies by their log-probabilities, S x A followed by S x B. */
    public ZeroSumProfile profile(double[] logs) {
        return new ZeroSumProfile(model, upper, logs);
    }

    /**
     * Computes the equilibrium with entropy by Shapley iteration.
     *
     * @param tolerance as in {@link SoftOptimum#solve}
     * @param warmValue a first guess of its value, length S, or empty
     * @throws IllegalStateException if the entropy weight is 0, where it need not be unique
     */
    public SoftEquilibrium equilibrium(double tolerance, double[] warmValue) {
        requireEntropy("equilibrium");
        return new ShapleyIteration(joint, model.joint, model.firstActions).solve(tolerance, warmValue);
    }

    /**
     * The designer's objective at the equilibrium and its exact gradient.
     *
     * @throws IllegalStateException if the entropy weight is 0
     */
    public Objective hypergradient(SoftEquilibrium at) {
        double tau = requireEntropy("hypergradient");
        Gradients direct = profile(at.logs()).upperGradients();
        int rows = model.firstActions;
        int columns = model.secondActions;
        double[] weights = new double[at.q().length];
        for (int s = 0; s < model.states; s++) {
            double[] z = adjoint(at, s, direct.inLower(), tau);
            for (int c = 0; c < rows * columns; c++) {
                int a = c / columns;
                int b = c % columns;
                weights[s * rows * columns + c] = (z[a] * at.second(s, b) - at.first(s, a) * z[rows + b]) / tau;
            }
        }
        double[] gradient = direct.inUpper();
        double[] policy = at.jointPolicy();
        joint.addFixedPointDerivative(weights, policy, at.value(), joint.system(policy), gradient);
        return new Objective(profile(at.logs()).upperObjective(), gradient);
    }

    /** z with K' z = g in one state. */
    private double[] adjoint(SoftEquilibrium at, int s, double[] inLogits, double tau) {
        int rows = model.firstActions;
        int columns = model.secondActions;
        int second = model.states * rows + s * columns;
        double[] g = VectorMath.concatenated(
                Arrays.copyOfRange(inLogits, s * rows, (s + 1) * rows),
                Arrays.copyOfRange(inLogits, second, second + columns));
        double[] payoff = Arrays.copyOfRange(at.q(), s * rows * columns, (s + 1) * rows * columns);
        double[] system = MatrixGame.jacobian(payoff, at.firstRow(s), at.secondRow(s), tau);
        return LinearSolver.factor(system, rows + columns).solveTransposed(g);
    }

    private double requireEntropy(String what) {
        double tau = model.joint.problem.entropyWeight();
        if (!(tau > 0)) {
            throw new IllegalStateException(
                    "the " + what + " of a zero-sum game needs an entropyWeight above 0, but it is " + tau);
        }
        return tau;
    }
}
