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

    /** This plus {@code weight} times another. */
    public Gradients plus(double weight, Gradients other) {
        double[] lower = inLower.clone();
        VectorMath.addScaled(weight, other.inLower, lower);
        double[] upper = inUpper.clone();
        VectorMath.addScaled(weight, other.inUpper, upper);
        return new Gradients(lower, upper);
    }
}
