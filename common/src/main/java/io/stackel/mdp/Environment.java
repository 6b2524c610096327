package io.stackel.mdp;

import io.stackel.random.RandomStream;

/**
 * An environment with real-valued states that can only be sampled; mutable, for one thread.
 *
 * <p>It ends by itself or not at all: {@link ClassicControl#timeLimit} is no property of the dynamics, and whoever stops
 * there has truncated an episode that would go on.
 */
public abstract class Environment {
    /** What the dynamics move. */
    final double[] state;

    boolean terminated;
    private final Interval[] starts;
    private final int observationSize;
    private final int actions;

    /** Episodes start uniformly on these intervals, one a component of the state. */
    Environment(int observationSize, int actions, Interval... starts) {
        this.observationSize = observationSize;
        this.actions = actions;
        this.starts = starts;
        state = new double[starts.length];
    }

    /** The length of the state that the dynamics move. */
    public int stateSize() {
        return state.length;
    }

    /** The length of an observation. */
    public int observationSize() {
        return observationSize;
    }

    /** The number of actions if they are numbered 0, 1, ..., or 0 if an action is a vector. */
    public int actions() {
        return actions;
    }

    /** The length of an action: 1 if actions are numbered. */
    public int actionSize() {
        return 1;
    }

    /** Starts a new episode in a state that is drawn. */
    public void start(RandomStream random) {
        for (int i = 0; i < state.length; i++) {
            state[i] = starts[i].draw(random);
        }
        terminated = false;
    }

    /** Starts a new episode in this state. */
    public void startIn(double[] given) {
        System.arraycopy(given, 0, state, 0, state.length);
        terminated = false;
    }

    /** Writes the state. */
    public void state(double[] into) {
        System.arraycopy(state, 0, into, 0, state.length);
    }

    /** Writes the observation of the state; by default the state itself. */
    public void observe(double[] into) {
        state(into);
    }

    /**
     * Plays one step.
     *
     * @param action the number of the action in element 0, or its components
     * @return the reward
     */
    public abstract double step(double[] action);

    /** Whether the last step ended the episode, so that no value follows. */
    public boolean terminated() {
        return terminated;
    }
}
