package io.stackel.exact;

import io.stackel.math.LinearSolver;
import io.stackel.math.Softmax;
import io.stackel.math.UnsolvableException;
import io.stackel.math.VectorMath;
import java.util.Arrays;

/**
 * The equilibrium of one entropy-regularised matrix game M (A x B), as logits:
 *
 * <pre>
 *     u = M q / tau,  p = softmax(u)        v = -M' p / tau,  q = softmax(v)
 * </pre>
 *
 * <p>Newton's method on the residual of both equations. Its matrix K = [ I, -M C_q / tau; M' C_p / tau, I ] is regular
 * everywhere, so a Newton step always lowers the residual's norm if it is short enough: with halved steps the method
 * converges from any start, quadratically at the end. Far from the solution of a cold game that may take many steps, so
 * there the equilibrium is followed from a high temperature downwards.
 *
 * <p>Logits of a size L are rounded by 2^-53 L, which moves M q / tau by 2^-53 L max|M| / tau. Where that is too coarse, as
 * at payoffs of 1e6 and tau = .25, the way down is gone again with the value of the game taken off every payoff: policies
 * stay the same, and the logits of actions that are played become as small as the logarithms of their probabilities.
 */
final class MatrixGame {

    private static final int STEPS_OF_A_WARM_START = 12;
    private static final int MOST_STEPS = 10_000;
    private static final int MOST_HALVINGS = 60;
    private static final double ROUNDING = 0x1.0p-50;
    private static final double STALLED = 1e-10;
    private static final double SUFFICIENT = 1e-4;
    private static final double COOLING = 0.5;

    private final int rows;
    private final int columns;
    private final double temperature;
    private final double[] p;
    private final double[] q;

    /**
     * Allocates the workspace for games of A by B payoffs.
     *
     * @param rows A
     * @param columns B
     * @param temperature tau, above 0
     */
    MatrixGame(int rows, int columns, double temperature) {
        this.rows = rows;
        this.columns = columns;
        this.temperature = temperature;
        p = new double[rows];
        q = new double[columns];
    }

    /**
     * Solves a game.
     *
     * @param table holds M at {@code offset}, row-major
     * @param logits u followed by v: a first guess, replaced by the solution
     */
    void solveInPlace(double[] table, int offset, double[] logits) {
        double[] payoff = Arrays.copyOfRange(table, offset, offset + rows * columns);
        if (newton(payoff, temperature, STEPS_OF_A_WARM_START, logits)) {
            return;
        }
        double largest = VectorMath.maxAbs(payoff);
        if (!cool(payoff, false, logits) && !cool(payoff, true, logits)) {
            throw new UnsolvableException("payoffs of a zero-sum game must be finite and not too large for its entropy"
                    + " weight, but with " + largest + " at an entropyWeight of " + temperature
                    + " the steps towards the equilibrium stalled; scale the payoffs down or raise entropyWeight");
        }
    }

    /**
     * Solves hot games first, whose equilibrium is near the uniform one, and follows it down to the temperature.
     *
     * @param centred whether the value is taken off the payoffs, which are written to, at every heat
     * @return whether it arrived; where it stalled, some logits of a hotter game are left
     */
    private boolean cool(double[] payoff, boolean centred, double[] logits) {
        double heat = Math.max(temperature, VectorMath.maxAbs(payoff));
        Arrays.fill(logits, 0);
        while (newton(payoff, heat, MOST_STEPS, logits)) {
            if (heat == temperature) {
                return true;
            }
            if (centred) {
                centre(payoff, heat, logits);
            }
            double next = Math.max(temperature, COOLING * heat);
            for (int i = 0; i < logits.length; i++) {
                logits[i] *= heat / next;
            }
            heat = next;
        }
        return false;
    }

    /** Takes p' M q off the payoffs; u falls and v rises by it over the heat. */
    private void centre(double[] payoff, double heat, double[] logits) {
        double value = 0;
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < columns; b++) {
                value += p[a] * payoff[a * columns + b] * q[b];
            }
        }
        for (int i = 0; i < payoff.length; i++) {
            payoff[i] -= value;
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] += (i < rows ? -value : value) / heat;
        }
    }

    /** Newton's method with halved steps; whether it arrived at rounding, or stalled within {@link #STALLED}. */
    private boolean newton(double[] payoff, double heat, int mostSteps, double[] logits) {
        double[] residual = residual(payoff, heat, logits);
        double norm = VectorMath.norm(residual);
        double reach = Math.max(1, VectorMath.maxAbs(payoff) / heat);
        for (int step = 0; step < mostSteps && norm > ROUNDING * reach; step++) {
            double[] jacobian = jacobian(payoff, p, q, heat);
            double[] direction = LinearSolver.factor(jacobian, rows + columns).solve(residual);
            double length = 1;
            boolean lower = false;
            int halvings = norm <= STALLED * reach ? 1 : MOST_HALVINGS;
            for (int halving = 0; halving < halvings && !lower; halving++) {
                double[] trial = logits.clone();
                VectorMath.addScaled(-length, direction, trial);
                residual = residual(payoff, heat, trial);
                double next = VectorMath.norm(residual);
                lower = next <= (1 - SUFFICIENT * length) * norm;
                if (lower) {
                    System.arraycopy(trial, 0, logits, 0, trial.length);
                    norm = next;
                }
                length /= 2;
            }
            if (!lower) {
                break;
            }
        }
        return norm <= STALLED * reach;
    }

    /** ( u - M q / tau, v + M' p / tau ); leaves p and q at these logits. */
    private double[] residual(double[] payoff, double heat, double[] logits) {
        Softmax.probabilities(logits, 0, rows, p);
        double[] second = Arrays.copyOfRange(logits, rows, rows + columns);
        Softmax.probabilities(second, 0, columns, q);
        double[] residual = logits.clone();
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < columns; b++) {
                double m = payoff[a * columns + b] / heat;
                residual[a] -= m * q[b];
                residual[rows + b] += m * p[a];
            }
        }
        return residual;
    }

    /** K at a pair of policies, (A + B) x (A + B), row-major. */
    static double[] jacobian(double[] payoff, double[] p, double[] q, double temperature) {
        int rows = p.length;
        int columns = q.length;
        int size = rows + columns;
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        double[] rowMeans = new double[rows];
        double[] columnMeans = new double[columns];
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < columns; b++) {
                double m = payoff[a * columns + b];
                rowMeans[a] += m * q[b];
                columnMeans[b] += m * p[a];
            }
        }
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < columns; b++) {
                double m = payoff[a * columns + b];
                matrix[a * size + rows + b] = -q[b] * (m - rowMeans[a]) / temperature;
                matrix[(rows + b) * size + a] = p[a] * (m - columnMeans[b]) / temperature;
            }
        }
        return matrix;
    }
}
