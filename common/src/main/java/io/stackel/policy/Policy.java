package io.stackel.policy;

/**
 * A family of distributions over actions, given an observation; the parameters theta are an argument.
 *
 * <p>An action is a vector: the number of the action in element 0 of a {@link DiscretePolicy}, else its components. The
 * score of an action is {@code grad_theta log pi_theta(action | observation)}, of a density if actions are real.
 *
 * <p>A policy has no state that changes: threads share it, each with an {@link Actor} of its own. The same arguments give the
 * same bits on every machine, so logarithms and the like are those of {@code StrictMath}, and sums are plain loops. All
 * arrays are flat, logarithms natural. An implementation for numbered actions is a {@link DiscretePolicy}, which has its actor
 * already; one for vectors writes the actor itself. {@code io.stackel.check.PolicyContract} tests both.
 */
public interface Policy {

    /**
     * The number of parameters.
     *
     * @throws ArithmeticException if no array has as many
     */
    int parameters();

    /** The length of an observation. */
    int observationSize();

    /** The length of an action. */
    int actionSize();

    /** The policy at work in one thread, at parameters that stay as they are now. */
    Actor actor(double[] theta);

    /** Parameters from which a run starts, a new array: those of the uniform policy if actions are numbered. */
    default double[] uniform() {
        return new double[parameters()];
    }

    /** Moves parameters to the nearest admissible ones; nothing where all are admissible. */
    default void projectInPlace(double[] theta) {}
}
