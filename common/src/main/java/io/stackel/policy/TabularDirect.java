package io.stackel.policy;

import io.stackel.optim.Projection;
import java.util.Arrays;

/**
 * {@code pi(b|s) = theta[s,b]}: the probabilities themselves, kept on the simplex by Euclidean projection after a step.
 *
 * @param states S
 * @param actions B; theta is S x B, row-major, and the observation is the number of the state
 */
public record TabularDirect(int states, int actions) implements TabularPolicy {

    @Override
    public int parameters() {
        return Math.multiplyExact(states, actions);
    }

    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        int row = ((int) observation[0]) * actions;
        for (int b = 0; b < actions; b++) {
            into[b] = StrictMath.log(theta[row + b]);
        }
    }

    /** The score of b is 1 / theta[s,b] in the coordinate (s, b); an action that is never drawn has weight zero. */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        int row = ((int) observation[0]) * actions;
        for (int b = 0; b < actions; b++) {
            double weight = weights[offset + b];
            if (weight != 0) {
                into[row + b] += weight / probabilities[offset + b];
            }
        }
    }

    @Override
    public double[] uniform() {
        double[] theta = new double[parameters()];
        Arrays.fill(theta, 1.0 / actions);
        return theta;
    }

    @Override
    public void projectInPlace(double[] theta) {
        Projection.simplex(actions).projectInPlace(theta);
    }
}
