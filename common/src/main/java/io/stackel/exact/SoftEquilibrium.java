package io.stackel.exact;

import java.util.Arrays;

/**
 * The equilibrium of an entropy-regularised zero-sum Markov game: the policies p and q that are best responses to each
 * other, which for tau above 0 exist once.
 *
 * @param value V of the first player, length S
 * @param q r + discount P V, S x A x B
 * @param logs log p, S x A, followed by log q, S x B
 * @param firstActions A
 * @param sweeps the number of backups
 */
public record SoftEquilibrium(double[] value, double[] q, double[] logs, int firstActions, int sweeps) {

    /** p(a|s). */
    double first(int s, int a) {
        return StrictMath.exp(logs[s * firstActions + a]);
    }

    /** q(b|s). */
    double second(int s, int b) {
        return StrictMath.exp(logs[value.length * firstActions + s * secondActions() + b]);
    }

    private int secondActions() {
        return logs.length / value.length - firstActions;
    }

    /** p(.|s). */
    double[] firstRow(int s) {
        double[] row = new double[firstActions];
        Arrays.setAll(row, a -> first(s, a));
        return row;
    }

    /** q(.|s). */
    double[] secondRow(int s) {
        double[] row = new double[secondActions()];
        Arrays.setAll(row, b -> second(s, b));
        return row;
    }

    /** p(a|s) q(b|s), S x A x B. */
    double[] jointPolicy() {
        double[] policy = new double[q.length];
        int columns = secondActions();
        for (int i = 0; i < policy.length; i++) {
            int s = i / (firstActions * columns);
            policy[i] = first(s, i / columns % firstActions) * second(s, i % columns);
        }
        return policy;
    }
}
