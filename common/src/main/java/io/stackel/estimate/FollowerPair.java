package io.stackel.estimate;

import java.io.Serializable;

/**
 * The followers that play the trajectories of a unit: the even one is played by {@code first}, the odd one by {@code
 * second}. If they are one, a unit is one trajectory.
 *
 * @param first position in the request's list
 * @param second position in the request's list
 * @param coupling of the two trajectories; without meaning if there is one
 */
public record FollowerPair(int first, int second, Coupling coupling) implements Serializable {

    /** One follower, who plays one trajectory a unit. */
    public static FollowerPair alone(int follower) {
        return new FollowerPair(follower, follower, Coupling.NONE);
    }

    /** Whether a unit is one trajectory. */
    boolean single() {
        return first == second;
    }
}
