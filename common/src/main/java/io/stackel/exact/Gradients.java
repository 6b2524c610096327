package io.stackel.exact;

import io.stackel.math.VectorMath;

/**
 * The two partial gradients of a function of the upper variable and a policy.
 *
 * @param inLower S x B, in the logits of a tabular softmax policy. Since these rows sum to zero they are as well the
 *     weights of the scores for any other policy: the gradient in its parameters is the sum over (s, b) of
 *     {@code inLower(s,b) grad log pi(b|s)}
 * @param inUpper length m
 */
public record Gradients(double[] inLower, double[] inUpper) {

    /** Those of a function of the upper variable alone. */
    public static Gradients ofUpper(double[] inUpper) {
        return new Gradients(new double[0], inUpper);
    }

    /** This plus {@code weight} times another. */
    public Gradients plus(double weight, Gradients other) {
        double[] lower = inLower.clone();
        VectorMath.addScaled(weight, other.inLower, lower);
        double[] upper = inUpper.clone();
        VectorMath.addScaled(weight, other.inUpper, upper);
        return new Gradients(lower, upper);
    }

    /**
     * The gradient in the logits of a policy of a sum of weighted scores, {@code W(s,b) - pi(b|s) sum_c W(s,c)}.
     *
     * @param weights W, S x B
     * @param policy pi, S x B
     */
    static double[] inLogits(double[] weights, double[] policy, int actions) {
        double[] gradient = weights.clone();
        for (int row = 0; row < weights.length; row += actions) {
            double total = 0;
            for (int cell = row; cell < row + actions; cell++) {
                total += weights[cell];
            }
            for (int cell = row; cell < row + actions; cell++) {
                gradient[cell] -= total * policy[cell];
            }
        }
        return gradient;
    }
}
