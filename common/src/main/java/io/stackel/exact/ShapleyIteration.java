package io.stackel.exact;

import io.stackel.math.Softmax;
import io.stackel.math.UnsolvableException;
import io.stackel.math.VectorMath;
import java.util.Arrays;

/**
 * Solves an entropy-regularised zero-sum Markov game: Shapley's iteration with Newton steps.
 *
 * <pre>
 *     (T V)(s) = value of the regularised matrix game r(s,.,.) + discount P(s,.,.) V
 *     V &lt;- V + (I - discount P_{p,q})^-1 (T V - V)
 * </pre>
 *
 * <p>T contracts by the discount, and its derivative at V is discount P_{p,q} with the equilibrium policies of the
 * matrix games (envelope theorem). A Newton step is taken if it lowers the residual at least as much as the contraction
 * promises, else V &lt;- T V: convergence is sure, and fast near the end. Source: Shapley, Stochastic games, PNAS 39, 1953;
 * without safeguard the Newton step is the method of Pollatschek and Avi-Itzhak, which need not converge.
 */
final class ShapleyIteration {

    private static final int MOST_SWEEPS = 100_000;
    private static final double ROUNDING = 1e-9;

    private final PointTables joint;
    private final double discount;
    private final double temperature;
    private final int states;
    private final int rows;
    private final int columns;
    private final double[][] logits;

    ShapleyIteration(PointTables joint, ExactModel prepared, int firstActions) {
        this.joint = joint;
        discount = prepared.game.discount();
        temperature = prepared.problem.entropyWeight();
        states = prepared.game.states();
        rows = firstActions;
        columns = prepared.game.followerActions() / firstActions;
        logits = new double[states][rows + columns];
    }

    /** One application of T: the games' payoffs, the joint policy of their equilibria, T V and the change T V - V. */
    private record Backup(double[] q, double[] policy, double[] better, double[] change, double residual) {}

    SoftEquilibrium solve(double tolerance, double[] warmValue) {
        if (warmValue.length != 0 && warmValue.length != states) {
            throw new IllegalArgumentException(
                    "warmValue must be empty or have " + states + " values, but has " + warmValue.length);
        }
        Backup now = backup(Arrays.copyOf(warmValue, states));
        for (int sweep = 1; sweep <= MOST_SWEEPS; ) {
            double scale = Math.max(1, VectorMath.maxAbs(now.better));
            if (now.residual <= tolerance * scale) {
                return equilibrium(now, sweep);
            }
            Backup next = backup(newton(now));
            sweep++;
            if (!(next.residual <= discount * now.residual)) {
                Backup plain = backup(now.better);
                sweep++;
                next = plain.residual <= next.residual ? plain : next;
            }
            if (next.residual >= now.residual && now.residual <= ROUNDING * scale) {
                return equilibrium(now, sweep);
            }
            now = next;
        }
        throw new UnsolvableException("the equilibrium of a zero-sum game must be found in " + MOST_SWEEPS
                + " backups, but the residual is still " + now.residual);
    }

    private double[] newton(Backup at) {
        double[] value = VectorMath.minus(at.better, at.change);
        VectorMath.addScaled(1, joint.system(at.policy).solve(at.change), value);
        return value;
    }

    private Backup backup(double[] value) {
        double[] q = joint.backUp(value);
        double[] policy = new double[q.length];
        double[] better = new double[states];
        MatrixGame games = new MatrixGame(rows, columns, temperature);
        for (int s = 0; s < states; s++) {
            games.solveInPlace(q, s * rows * columns, logits[s]);
            better[s] = value(q, s, logits[s], policy);
        }
        double[] change = VectorMath.minus(better, value);
        double residual = VectorMath.maxAbs(change);
        if (!(residual <= Double.MAX_VALUE)) {
            throw new UnsolvableException(
                    "payoffs and warm values of a zero-sum game must be finite, but a backup gave " + residual);
        }
        return new Backup(q, policy, better, change, residual);
    }

    /** p' M q - tau p log p + tau q log q; writes p q'. */
    private double value(double[] q, int s, double[] row, double[] policy) {
        double[] logs = row.clone();
        normalise(logs);
        double total = 0;
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < columns; b++) {
                int cell = (s * rows + a) * columns + b;
                policy[cell] = StrictMath.exp(logs[a]) * StrictMath.exp(logs[rows + b]);
                total += PointTables.weighted(
                        policy[cell], q[cell] - temperature * logs[a] + temperature * logs[rows + b]);
            }
        }
        return total;
    }

    private void normalise(double[] logs) {
        Softmax.logProbabilities(logs, 0, rows, logs);
        Softmax.logProbabilities(logs, rows, columns, logs);
    }

    private SoftEquilibrium equilibrium(Backup at, int sweeps) {
        double[] logs = new double[states * (rows + columns)];
        MatrixGame games = new MatrixGame(rows, columns, temperature);
        for (int s = 0; s < states; s++) {
            double[] row = logits[s].clone();
            games.solveInPlace(at.q, s * rows * columns, row);
            normalise(row);
            System.arraycopy(row, 0, logs, s * rows, rows);
            System.arraycopy(row, rows, logs, states * rows + s * columns, columns);
        }
        return new SoftEquilibrium(at.better, at.q, logs, rows, sweeps);
    }
}
