package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.mdp.Transitions;

/**
 * The optimum of an entropy-regularised decision process with S states and B actions, tables row-major.
 *
 * <pre>
 *     V*(s) = tau log sum_b exp( Q*(s,b) / tau )        Q*(s,b) = r(s,b) + discount sum_t P(t|s,b) V*(t)
 *     log pi*(b|s) = ( Q*(s,b) - V*(s) ) / tau          tau the entropy weight
 * </pre>
 *
 * <p>At tau = 0 it is the hard optimum: V* is the maximum, and the policy plays the first action that attains it.
 *
 * @param value V*, length S
 * @param q Q*, S x B
 * @param logPolicy log pi*, S x B; minus infinity for the actions that a hard optimum does not play
 * @param policy pi*, S x B; zero where the probability underflows, while its logarithm stays finite
 * @param residual the largest change of V* in the last Bellman backup
 * @param sweeps the number of Bellman backups
 */
public record SoftOptimum(
        double[] value, double[] q, double[] logPolicy, double[] policy, double residual, int sweeps) {

    /** A tolerance that stops at the rounding of the backup itself. */
    public static final double TO_ROUNDING = 1e-15;

    /**
     * Solves a decision process.
     *
     * @param transitions of B actions in S states; a row may sum to less than one, the rest terminates with value zero
     * @param reward S x B
     * @param discount in [0, 1)
     * @param entropyWeight tau, at least 0
     * @param tolerance bound of {@link #residual} relative to max(1, max |V*|); where it lies below the rounding of a
     *     backup, the iteration stops at that rounding
     * @param warmValue a first guess of V*, length S, or empty
     * @throws ArithmeticException if rewards, warm values or probabilities are not finite
     */
    public static SoftOptimum solve(
            Transitions transitions,
            double[] reward,
            double discount,
            double entropyWeight,
            double tolerance,
            double[] warmValue) {
        return new SoftPolicyIteration(transitions, discount, entropyWeight).solve(reward, tolerance, warmValue);
    }

    /** The expected value at the start, {@code sum over s of start(s) V*(s)}. */
    public double valueAt(double[] start) {
        return VectorMath.dot(start, value);
    }

    /**
     * Whether in every state one action is better than all others by more than {@code margin}: where a hard optimum is
     * unique, the best value has a gradient.
     */
    public boolean isUnique(double margin) {
        int actions = q.length / value.length;
        for (int s = 0; s < value.length; s++) {
            int close = 0;
            for (int b = 0; b < actions; b++) {
                close += q[s * actions + b] >= value[s] - margin ? 1 : 0;
            }
            if (close > 1) {
                return false;
            }
        }
        return true;
    }
}
