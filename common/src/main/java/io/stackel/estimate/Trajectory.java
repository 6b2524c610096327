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

    /** Adds {@code sum_t weights[t] grad_x r_t} to the unit. */
    void addLowerRewardGradients(double[] weights);

    /** Adds {@code sum_t weights[t] grad_x u_t} to the unit. */
    void addUpperRewardGradients(double[] weights);

    /** Adds {@code sum_t weights[t] (score of the leader's action and the transition)_t} to the unit. */
    void addUpperScores(double[] weights);

    /** Adds {@code sum_t weights[t] grad_theta log pi(b_t | s_t)} of the unit's follower to the unit. */
    void addPolicyScores(double[] weights);

    /**
     * Adds the gradient in phi of half the squared distance of the unit's follower's V and U from these targets, over the
     * square of their scale, behind the gradient in theta.
     */
    default void addFitGradient(double[] lowerTargets, double[] upperTargets) {
        throw new IllegalArgumentException("values by networks need a problem that can only be sampled");
    }

    /** The number B of actions. */
    default int actions() {
        throw noActionValues();
    }

    /** Writes {@code log pi(b | s_t)} of a follower to {@code into[t B + b]}, of each state that does not end the trajectory. */
    default void allLogProbabilities(int follower, double[] into) {
        throw noActionValues();
    }

    /** Writes a follower's values of actions, Q and W, to {@code [t B + b]}, of each state that does not end the trajectory. */
    default void actionValues(int follower, double[] lower, double[] upper) {
        throw noActionValues();
    }

    /** Writes the numbers of the actions that were taken. */
    default void takenActions(double[] into) {
        throw noActionValues();
    }

    /** Adds {@code sum_t sum_b weights[t B + b] grad_theta log pi(b | s_t)} of the unit's follower to the unit. */
    default void addAllPolicyScores(double[] weights) {
        throw noActionValues();
    }

    /** As {@link #addFitGradient}, of the values of the actions that were taken. */
    default void addActionFitGradient(double[] lowerTargets, double[] upperTargets) {
        throw noActionValues();
    }

    private static IllegalArgumentException noActionValues() {
        return new IllegalArgumentException("values of actions need a problem that can only be sampled");
    }
}
