package io.stackel.policy;

import io.stackel.math.Softmax;

/**
 * {@code pi(b|s) = exp(theta[s,b]) / sum_c exp(theta[s,c])}: one logit a state and action.
 *
 * @param states S
 * @param actions B; theta is S x B, row-major, and the observation is the number of the state
 */
public record TabularSoftmax(int states, int actions) implements TabularPolicy {

    @Override
    public int parameters() {
        return Math.multiplyExact(states, actions);
    }

    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        int offset = ((int) observation[0]) * actions;
        double total = Softmax.logSumExp(theta, offset, actions);
        for (int b = 0; b < actions; b++) {
            into[b] = theta[offset + b] - total;
        }
    }

    /** The score of b is the unit vector of (s, b) minus pi(.|s). */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        int row = ((int) observation[0]) * actions;
        double total = 0;
        for (int b = 0; b < actions; b++) {
            total += weights[offset + b];
        }
        for (int b = 0; b < actions; b++) {
            into[row + b] += weights[offset + b] - total * probabilities[offset + b];
        }
    }
}
