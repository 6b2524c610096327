package io.stackel.policy;

import io.stackel.math.Softmax;

/**
 * {@code pi(b|o) proportional to exp( sum_j theta[b,j] o_j )}: logits linear in the observation.
 *
 * @param features d, the length of an observation
 * @param actions B; theta is B x d, row-major
 */
public record LinearSoftmax(int features, int actions) implements DiscretePolicy {

    @Override
    public int parameters() {
        return Math.multiplyExact(features, actions);
    }

    @Override
    public int observationSize() {
        return features;
    }

    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        for (int b = 0; b < actions; b++) {
            double logit = 0;
            for (int j = 0; j < features; j++) {
                logit += theta[b * features + j] * observation[j];
            }
            into[b] = logit;
        }
        double total = Softmax.logSumExp(into, 0, actions);
        for (int b = 0; b < actions; b++) {
            into[b] -= total;
        }
    }

    /** The score of b is the outer product of (unit vector of b minus pi) and the observation. */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        double total = 0;
        for (int b = 0; b < actions; b++) {
            total += weights[offset + b];
        }
        for (int b = 0; b < actions; b++) {
            double weight = weights[offset + b] - total * probabilities[offset + b];
            for (int j = 0; j < features; j++) {
                into[b * features + j] += weight * observation[j];
            }
        }
    }
}
