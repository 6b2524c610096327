package io.stackel.problem;

import io.stackel.random.RandomStream;

/**
 * One environment of one thread, which plays one trajectory at a time; all randomness comes from the streams passed in.
 *
 * <p>It implements one of the two methods {@code step}: that with a number if {@link TrajectoryProblem#actions} is
 * positive, else that with a vector.
 */
public interface Simulator {

    /** Starts a new trajectory. */
    void start(RandomStream random);

    /** Writes the current observation. */
    void observe(double[] into);

    /**
     * Plays one step with a numbered action.
     *
     * @param action the follower's action, in [0, actions)
     * @param into receives rewards, gradients and the end of the episode; arrives cleared
     */
    default void step(int action, RandomStream random, Step into) {
        throw new IllegalArgumentException("the action must be a vector, but was number " + action);
    }

    /**
     * Plays one step.
     *
     * @param action the follower's action: its components, or in element 0 its number
     * @param into receives rewards, gradients and the end of the episode; arrives cleared
     */
    default void step(double[] action, RandomStream random, Step into) {
        step((int) action[0], random, into);
    }
}
