package io.stackel.mdp;

import io.stackel.random.RandomStream;

/**
 * An environment with real-valued states that can only be sampled; mutable, for one thread.
 *
 * <p>It ends by itself or not at all: {@link ClassicControl#timeLimit} is no property of the dynamics, and whoever stops
 * there has truncated an episode that would go on.
 */
public interface Environment {

    /** The length of the state that the dynamics move. */
    int stateSize();

    /** The length of an observation. */
    int observationSize();

    /** The number of actions if they are numbered 0, 1, ..., or 0 if an action is a vector. */
    int actions();

    /** The length of an action: 1 if actions are numbered. */
    default int actionSize() {
        return 1;
    }

    /** Starts a new episode in a state that is drawn. */
    void start(RandomStream random);

    /** Starts a new episode in this state. */
    void startIn(double[] state);

    /** Writes the state. */
    void state(double[] into);

    /** Writes the observation of the state. */
    void observe(double[] into);

    /**
     * Plays one step.
     *
     * @param action the number of the action in element 0, or its components
     * @return the reward
     */
    double step(double[] action);

    /** Whether the last step ended the episode, so that no value follows. */
    boolean terminated();
}
