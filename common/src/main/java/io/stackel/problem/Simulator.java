package io.stackel.problem;

import io.stackel.random.RandomStream;

/** One environment of one thread, which plays one trajectory at a time; all randomness comes from the streams passed in. */
public interface Simulator {

    /** Starts a new trajectory. */
    void start(RandomStream random);

    /** Writes the current observation. */
    void observe(double[] into);

    /**
     * Plays one step.
     *
     * @param action the follower's action, in [0, actions)
     * @param into receives rewards, gradients and the end of the episode; arrives cleared
     */
    void step(int action, RandomStream random, Step into);
}
