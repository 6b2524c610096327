package io.stackel.estimate;

import java.io.Serializable;

/**
 * A policy of the lower level as it travels to the executors, with trained baselines.
 *
 * @param parameters theta of the policy
 * @param value baseline V of the lower return by state number, or the parameters of a value network that has both
 *     baselines, or empty for zero
 * @param upperValue baseline U of the leader's return by state number, or empty for zero or for that of the network
 */
public record Follower(double[] parameters, double[] value, double[] upperValue) implements Serializable {

    private static final double[] NONE = {};

    /** A policy with the baselines of a value network. */
    public static Follower withValues(double[] parameters, double[] phi) {
        return new Follower(parameters, phi, NONE);
    }

    /** A policy without baselines. */
    public static Follower plain(double[] parameters) {
        return new Follower(parameters, NONE, NONE);
    }
}
