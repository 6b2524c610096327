package io.stackel.policy;

/** An {@link Actor} over B numbered actions, whose probabilities can all be read. */
public interface ActionActor extends Actor {

    /** The number B of actions. */
    int actions();

    /** Writes {@code log pi_theta(b | observation_t)} to {@code into[t B + b]}. */
    void allLogDensities(double[] observations, int count, double[] into);

    /** Adds {@code sum_t sum_b weights[t B + b] grad_theta log pi_theta(b | observation_t)} to {@code into}. */
    void addAllScores(double[] observations, int count, double[] weights, double[] into);
}
