package io.stackel.exact;

import io.stackel.math.Softmax;
import io.stackel.math.UnsolvableException;
import io.stackel.math.VectorMath;
import io.stackel.mdp.Transitions;
import java.util.Arrays;

/**
 * Soft policy iteration, which is Newton's method on the soft Bellman equation {@code T V = V}.
 *
 * <pre>
 *     pi = softmax( Q / tau ),  Q = r + discount P V        V &lt;- V + (I - discount P_pi)^-1 (T V - V)
 * </pre>
 *
 * <p>The derivative of T at V is discount P_pi, and T V = r_pi + entropy + discount P_pi V, so the step lands on the
 * value of pi: improvement never fails, and near the optimum the residual squares. At tau = 0, pi is the first maximiser
 * and this is Howard's policy iteration. The linear system is factorised in its band, or, where that is dearer, solved by
 * its Neumann series to a hundredth of the residual (modified policy iteration): for many states with few successors far
 * apart.
 */
final class SoftPolicyIteration {

    /** What a term of the series costs an entry, in operations of the vectorised factorisation. */
    private static final double SERIES_COST = 4;

    private static final double SERIES_ACCURACY = 0.01;
    private static final int MAXIMAL_SWEEPS = 100_000;
    private static final double ROUNDING = 1e-9;

    private final Transitions transitions;
    private final double discount;
    private final double entropyWeight;
    private final boolean factorise;
    private final int states;
    private final int actions;

    SoftPolicyIteration(Transitions transitions, double discount, double entropyWeight) {
        this(
                transitions,
                discount,
                entropyWeight,
                BandedSystem.work(transitions) <= SERIES_COST * transitions.entries() * terms(discount));
    }

    SoftPolicyIteration(Transitions transitions, double discount, double entropyWeight, boolean factorise) {
        if (!(entropyWeight >= 0)) {
            throw new IllegalArgumentException("entropyWeight must be at least 0, but was " + entropyWeight);
        }
        this.transitions = transitions;
        this.discount = discount;
        this.entropyWeight = entropyWeight;
        this.factorise = factorise;
        states = transitions.states();
        actions = transitions.actions();
    }

    /** The number of terms after which discount^k is below the accuracy of the series. */
    private static double terms(double discount) {
        return discount == 0 ? 1 : Math.max(1, StrictMath.log(SERIES_ACCURACY) / StrictMath.log(discount));
    }

    /** The optimum for a reward, S x B, from a first guess of its value or an empty array. */
    SoftOptimum solve(double[] reward, double tolerance, double[] warmValue) {
        double[] value = firstGuess(warmValue);
        double[] q = new double[states * actions];
        double[] policy = new double[states * actions];
        double[] better = new double[states];
        double[] change = new double[states];
        double previous = Double.POSITIVE_INFINITY;
        for (int sweep = 1; sweep <= MAXIMAL_SWEEPS; sweep++) {
            double scale = improve(reward, value, q, policy, better);
            double residual = 0;
            for (int s = 0; s < states; s++) {
                change[s] = better[s] - value[s];
                residual = Math.max(residual, Math.abs(change[s]));
            }
            if (!(residual <= Double.MAX_VALUE)) {
                throw new UnsolvableException("rewards, transitions and warm values of a decision process must be"
                        + " finite, but a Bellman backup gave " + residual);
            }
            boolean atRounding = residual >= previous && residual <= ROUNDING * scale;
            if (residual <= tolerance * scale || atRounding) {
                return new SoftOptimum(better, q, logPolicy(q, policy), policy, residual, sweep);
            }
            previous = residual;
            step(policy, change, value);
        }
        throw new UnsolvableException(
                "a soft optimum must be found in " + MAXIMAL_SWEEPS + " sweeps, but the residual is still " + previous);
    }

    private double[] firstGuess(double[] warmValue) {
        if (warmValue.length != 0 && warmValue.length != states) {
            throw new IllegalArgumentException(
                    "warmValue must be empty or have " + states + " values, but has " + warmValue.length);
        }
        return Arrays.copyOf(warmValue, states);
    }

    /** One Bellman backup: writes Q, the policy that it prefers and T V; returns max(1, max |T V|). */
    private double improve(double[] reward, double[] value, double[] q, double[] policy, double[] better) {
        double scale = 1;
        for (int s = 0; s < states; s++) {
            int first = s * actions;
            int best = first;
            for (int row = first; row < first + actions; row++) {
                q[row] = reward[row] + discount * transitions.expect(row, value);
                best = q[row] > q[best] ? row : best;
            }
            better[s] = entropyWeight == 0 ? greedy(first, best, q, policy) : soft(first, q[best], q, policy);
            scale = Math.max(scale, Math.abs(better[s]));
        }
        return scale;
    }

    private double greedy(int first, int best, double[] q, double[] policy) {
        Arrays.fill(policy, first, first + actions, 0);
        policy[best] = 1;
        return q[best];
    }

    private double soft(int first, double top, double[] q, double[] policy) {
        double total = 0;
        for (int row = first; row < first + actions; row++) {
            policy[row] = StrictMath.exp((q[row] - top) / entropyWeight);
            total += policy[row];
        }
        for (int row = first; row < first + actions; row++) {
            policy[row] /= total;
        }
        return top + entropyWeight * StrictMath.log(total);
    }

    /** ( Q - V ) / tau, with V as the row's own soft maximum, so that the probabilities sum to one to rounding. */
    private double[] logPolicy(double[] q, double[] policy) {
        double[] logs = new double[q.length];
        for (int first = 0; first < q.length; first += actions) {
            if (entropyWeight > 0) {
                Softmax.logProbabilities(q, first, actions, entropyWeight, logs);
            } else {
                for (int row = first; row < first + actions; row++) {
                    logs[row] = policy[row] == 1 ? 0 : Double.NEGATIVE_INFINITY;
                }
            }
        }
        return logs;
    }

    /** Adds (I - discount P_pi)^-1 change to the value. */
    private void step(double[] policy, double[] change, double[] value) {
        if (factorise) {
            VectorMath.addScaled(1, new BandedSystem(transitions, policy, discount).solve(change), value);
            return;
        }
        double goal = SERIES_ACCURACY * VectorMath.maxAbs(change);
        double[] term = change;
        while (true) {
            VectorMath.addScaled(1, term, value);
            if (VectorMath.maxAbs(term) <= goal) {
                return;
            }
            term = propagate(policy, term);
        }
    }

    private double[] propagate(double[] policy, double[] term) {
        double[] result = new double[states];
        for (int row = 0; row < policy.length; row++) {
            if (policy[row] != 0) {
                result[row / actions] += discount * policy[row] * transitions.expect(row, term);
            }
        }
        return result;
    }
}
