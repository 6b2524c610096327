package io.stackel.policy;

/**
 * A family of distributions over B discrete actions, given an observation; the parameters theta are an argument.
 *
 * <p>The score of action b is {@code grad_theta log pi_theta(b | observation)}.
 */
public interface DiscretePolicy extends Policy {

    /**
     * A policy as one over numbered actions.
     *
     * @throws IllegalArgumentException if its actions are vectors
     */
    static DiscretePolicy of(Policy policy) {
        if (policy instanceof DiscretePolicy discrete) {
            return discrete;
        }
        throw new IllegalArgumentException("tables need numbered actions, but those of "
                + policy.getClass().getSimpleName() + " are vectors");
    }

    /** The number B of actions. */
    int actions();

    /** Writes {@code log pi_theta(. | observation)} to {@code into}, length B; minus infinity for a probability of zero. */
    void logProbabilities(double[] theta, double[] observation, double[] into);

    /**
     * Writes what the entropy weight multiplies in the lower level's value, for each action: {@code log pi}, unless players
     * with opposed interests share the action.
     */
    default void entropyTerms(double[] theta, double[] observation, double[] into) {
        logProbabilities(theta, observation, into);
    }

    /**
     * Adds {@code sum_b weights[offset + b] grad_theta log pi_theta(b | observation)} to {@code into}, length of theta.
     *
     * @param probabilities {@code pi_theta(b | observation)} at {@code offset + b}, which the caller has computed
     * @param weights of the actions at {@code offset + b}; zero for an action of probability zero
     */
    void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into);

    /** Whether the observation is the number of a state; else it is a vector of features. */
    default boolean tabular() {
        return false;
    }

    @Override
    default int actionSize() {
        return 1;
    }

    @Override
    default ActionActor actor(double[] theta) {
        return DiscreteActor.of(this, theta);
    }
}
