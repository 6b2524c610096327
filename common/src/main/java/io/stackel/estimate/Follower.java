package io.stackel.estimate;

import java.io.Serializable;

/**
 * A policy of the lower level as it travels to the executors, with trained baselines.
 *
 * @param parameters theta of the policy
 * @param value baseline V of the lower return by state number, or the parameters of a value network that has both
 *     baselines, or empty for zero
 * @param upperValue baseline U of the leader's return by state number, or empty for zero or for that of the network
 * @param upperAdvantage the leader's advantage W(s,b) - U(s) under this policy, S x B, which {@link BoltzmannGradient} needs
 *     with a scalar critic; or empty
 * @param response what the follower's answer to x brings the leader in each state, S x m, which {@link BoltzmannGradient}
 *     needs with a vector critic; or empty
 */
public record Follower(
        double[] parameters, double[] value, double[] upperValue, double[] upperAdvantage, double[] response)
        implements Serializable {

    private static final double[] NONE = {};

    /** A policy with baselines and without the leader's advantage. */
    public static Follower withBaselines(double[] parameters, double[] value, double[] upperValue) {
        return new Follower(parameters, value, upperValue, NONE, NONE);
    }

    /** A policy with the baselines of a value network. */
    public static Follower withValues(double[] parameters, double[] phi) {
        return withBaselines(parameters, phi, NONE);
    }

    /** A policy without baselines. */
    public static Follower plain(double[] parameters) {
        return withBaselines(parameters, NONE, NONE);
    }

    /** The same with the leader's advantage. */
    public Follower withAdvantage(double[] advantage) {
        return new Follower(parameters, value, upperValue, advantage, response);
    }

    /** The same with what its answer to x brings the leader. */
    public Follower withResponse(double[] gradients) {
        return new Follower(parameters, value, upperValue, upperAdvantage, gradients);
    }
}
