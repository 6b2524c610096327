package io.stackel.estimate;

/**
 * A trajectory that was played, read as arrays over its steps t = 0 .. length-1; arrays passed in have room for one
 * entry more than the horizon.
 */
interface Trajectory {

    /** The number of steps. */
    int length();

    /** Whether it ended by itself; otherwise it was cut at the horizon and a value follows. */
    boolean terminated();

    /** Writes the follower's rewards r_t. */
    void lowerRewards(double[] into);

    /**
     * Writes r_t less tau times the entropy term of a follower of the request, log pi(b_t | s_t) unless two players share
     * the action; finite where pi is 0.
     */
    void entropicRewards(int follower, double[] into);

    /** Writes the leader's rewards u_t. */
    void upperRewards(double[] into);

    /** Writes log pi(b_t | s_t) of a follower of the request. */
    void logProbabilities(int follower, double[] into);

    /** Writes the ratios pi_second(b_t | s_t) / pi_first(b_t | s_t), clamped as in {@link LikelihoodRatio}. */
    void likelihoodRatios(int first, int second, double[] into);

    /** Writes the baseline V(s_t) of a follower for t = 0 .. length; zero after termination. */
    void values(int follower, double[] into);

    /** Writes the baseline U(s_t) of a follower for t = 0 .. length; zero after termination. */
    void upperValues(int follower, double[] into);

    /** Writes both baselines, V and U, of a follower for t = 0 .. length; zero after termination. */
    default void bothValues(int follower, double[] lower, double[] upper) {
        values(follower, lower);
        upperValues(follower, upper);
    }

    /**
     * Writes the leader's advantage A(s_t, b_t) under a follower of the request, from its table or from its value network.
     *
     * @throws IllegalArgumentException if the follower has neither
     */
    void upperAdvantages(int follower, double[] into);

    /**
     * Adds {@code sum_t weights[t] G(s_t)} to the unit, where G is the {@link Follower#response} of a follower of the request.
     *
     * @throws IllegalArgumentException if the follower has no table of it, or the trajectory was not drawn from tables
     */
    default void addResponses(int follower, double[] weights) {
        throw new IllegalArgumentException("the follower's response by state needs a finite problem");
    }

    /** Adds {@code sum_t weights[t] grad_x r_t} to the unit. */
    void addLowerRewardGradients(double[] weights);

    /** Adds {@code sum_t weights[t] grad_x u_t} to the unit. */
    void addUpperRewardGradients(double[] weights);

    /** Adds {@code sum_t weights[t] (score of the leader's action and the transition)_t} to the unit. */
    void addUpperScores(double[] weights);

    /** Adds {@code sum_t weights[t] grad_theta log pi(b_t | s_t)} of the unit's follower to the unit. */
    void addPolicyScores(double[] weights);

    /**
     * Writes the follower's cells (s, b), one a step.
     *
     * @throws IllegalArgumentException if states have no numbers
     */
    default void followerCells(int[] into) {
        throw new IllegalArgumentException("averages by state and action need a finite problem, with numbered states");
    }

    /**
     * Adds {@code lower grad_x r_t + upper grad_x u_t + scores (score of the leader's action and the transition)_t} of one
     * step to a vector of length m.
     *
     * @throws IllegalArgumentException if the problem has no tables
     */
    default void addUpperDerivatives(int t, double lower, double upper, double scores, double[] into) {
        throw new IllegalArgumentException("derivatives of single steps need a finite problem, with tables");
    }

    /**
     * This trajectory with the values by networks that followers have where simulators play.
     *
     * @throws IllegalArgumentException if it was drawn from tables
     */
    default SimulatorTrajectory ofSimulator() {
        throw new IllegalArgumentException("values by networks need a problem that can only be sampled");
    }
}
