package io.stackel.policy;

import io.stackel.math.Softmax;
import java.util.Arrays;

/**
 * Two players of a zero-sum game who choose independently, seen as one policy over joint actions c = a B + b:
 *
 * <pre>
 *     pi(a, b | s) = p(a|s) q(b|s)        p = softmax of theta_1, q = softmax of theta_2
 * </pre>
 *
 * <p>The parameters are theta_1, S x A, followed by theta_2, S x B. The first player's entropy counts for the lower
 * level's value and the second's against it: the term of (a, b) is log p(a|s) - log q(b|s).
 *
 * @param states S
 * @param firstActions A
 * @param secondActions B
 */
public record TwoPlayerSoftmax(int states, int firstActions, int secondActions) implements TabularPolicy {

    @Override
    public int parameters() {
        return Math.multiplyExact(states, Math.addExact(firstActions, secondActions));
    }

    @Override
    public int actions() {
        return firstActions * secondActions;
    }

    /** Where theta_2 begins: the length of theta_1. */
    public int secondOffset() {
        return states * firstActions;
    }

    /** theta_1 of both players' parameters. */
    public double[] firstOf(double[] theta) {
        return Arrays.copyOf(theta, secondOffset());
    }

    /** theta_2 of both players' parameters. */
    public double[] secondOf(double[] theta) {
        return Arrays.copyOfRange(theta, secondOffset(), parameters());
    }

    /** The parameters of two players from theta_1 and theta_2. */
    public double[] both(double[] first, double[] second) {
        double[] theta = Arrays.copyOf(first, parameters());
        System.arraycopy(second, 0, theta, secondOffset(), second.length);
        return theta;
    }

    /** The log-probabilities of both players, each in the place of its logit. */
    public double[] playersLogs(double[] theta) {
        double[] logs = new double[parameters()];
        for (int row = 0; row < secondOffset(); row += firstActions) {
            Softmax.logProbabilities(theta, row, firstActions, logs);
        }
        for (int row = secondOffset(); row < logs.length; row += secondActions) {
            Softmax.logProbabilities(theta, row, secondActions, logs);
        }
        return logs;
    }

    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        combine(theta, observation, 1, into);
    }

    /** log p(a|s) - log q(b|s). */
    @Override
    public void entropyTerms(double[] theta, double[] observation, double[] into) {
        combine(theta, observation, -1, into);
    }

    /** log p(a|s) + sign log q(b|s). */
    private void combine(double[] theta, double[] observation, double sign, double[] into) {
        int first = firstRow(observation);
        int second = secondRow(observation);
        double firstTotal = Softmax.logSumExp(theta, first, firstActions);
        double secondTotal = Softmax.logSumExp(theta, second, secondActions);
        for (int a = 0; a < firstActions; a++) {
            for (int b = 0; b < secondActions; b++) {
                into[a * secondActions + b] = theta[first + a] - firstTotal + sign * (theta[second + b] - secondTotal);
            }
        }
    }

    /** The score of (a, b) is, for each player, the unit vector of its own action minus its own probabilities. */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        int first = firstRow(observation);
        int second = secondRow(observation);
        double total = 0;
        for (int c = 0; c < firstActions * secondActions; c++) {
            double weight = weights[offset + c];
            into[first + c / secondActions] += weight;
            into[second + c % secondActions] += weight;
            total += weight;
        }
        for (int c = 0; c < firstActions * secondActions; c++) {
            double share = total * probabilities[offset + c];
            into[first + c / secondActions] -= share;
            into[second + c % secondActions] -= share;
        }
    }

    private int firstRow(double[] observation) {
        return ((int) observation[0]) * firstActions;
    }

    private int secondRow(double[] observation) {
        return secondOffset() + ((int) observation[0]) * secondActions;
    }
}
