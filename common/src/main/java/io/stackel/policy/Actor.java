package io.stackel.policy;

import io.stackel.random.RandomStream;

/**
 * A policy at work in one thread. Steps t = 0 .. count-1 of a trajectory are passed as rows of flat arrays: observations
 * count x d, actions count x a.
 */
public interface Actor {

    /** Draws an action, given an observation. */
    void draw(double[] theta, double[] observation, RandomStream random, double[] into);

    /** Writes {@code log pi_theta(action_t | observation_t)}; minus infinity for a probability of zero. */
    void logDensities(double[] theta, double[] observations, double[] actions, int count, double[] into);

    /** Adds {@code sum_t weights[t] grad_theta log pi_theta(action_t | observation_t)} to {@code into}. */
    void addScores(double[] theta, double[] observations, double[] actions, int count, double[] weights, double[] into);
}
