package io.stackel.optim;

import static io.stackel.math.Requirements.require;

/**
 * The natural-gradient step of a tabular softmax policy with entropy weight tau, a mirror step in its logits.
 *
 * <pre>
 *     theta(s, a) &lt;- (1 - alpha) theta(s, a) + alpha Q(s, a) / tau
 * </pre>
 *
 * <p>alpha = eta tau / (1 - discount) for a natural-gradient step of size eta; alpha = 1 is a step of soft policy
 * iteration. Source: Cen, Cheng, Chen, Wei, Chi, "Fast global convergence of natural policy gradient methods with
 * entropy regularization", Operations Research 70, 2022, equation (18), up to a constant of the state.
 */
public final class MirrorStep {

    private MirrorStep() {}

    /**
     * Writes the new logits.
     *
     * @param logits theta, any shape
     * @param qOverTau soft action values divided by the entropy weight, the shape of logits
     * @param alpha weight of the new logits, in [0, 1]
     * @param into receives the new logits; may be one of the inputs
     */
    public static void apply(double[] logits, double[] qOverTau, double alpha, double[] into) {
        require(alpha >= 0.0 && alpha <= 1.0, "alpha must be in [0, 1], but was " + alpha);
        require(
                logits.length == qOverTau.length && logits.length == into.length,
                "logits, qOverTau and into must have the same length, but had " + logits.length + ", " + qOverTau.length
                        + " and " + into.length);
        double keep = 1.0 - alpha;
        for (int i = 0; i < logits.length; i++) {
            into[i] = keep * logits[i] + alpha * qOverTau[i];
        }
    }
}
