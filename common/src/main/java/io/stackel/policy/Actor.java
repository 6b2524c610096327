package io.stackel.policy;

import io.stackel.random.RandomStream;

/**
 * A policy at work in one thread, at fixed parameters theta. Rows t = 0 .. count-1 are passed in flat arrays: observations
 * count x d, actions count x a; they may be longer. What a row gives does not depend on the rows beside it, to the bit, and sums
 * over rows go in their order. Arguments other than those that receive something are not written to.
 */
public interface Actor {

    /**
     * Draws an action for each row from its own stream, and writes {@code log pi_theta(action_t | observation_t)}.
     *
     * @param random one stream a row
     * @param actions receives the actions
     * @param logDensities receives their log-densities
     */
    void draw(double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities);

    /** Writes {@code log pi_theta(action_t | observation_t)}; minus infinity for a probability of zero. */
    void logDensities(double[] observations, double[] actions, int count, double[] into);

    /** Adds {@code sum_t weights[t] grad_theta log pi_theta(action_t | observation_t)} to {@code into}. */
    void addScores(double[] observations, double[] actions, int count, double[] weights, double[] into);
}
