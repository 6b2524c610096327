package io.stackel.problem;

/** What one environment step yields; filled by a {@link Simulator}, read by the estimators, re-used for every step. */
public final class Step {

    private double lowerReward;
    private double upperReward;
    private boolean terminated;
    private final SparseGradient lowerRewardGradient = new SparseGradient("Step.lowerRewardGradient()");
    private final SparseGradient upperRewardGradient = new SparseGradient("Step.upperRewardGradient()");
    private final SparseGradient upperScore = new SparseGradient("Step.upperScore()");

    /** Sets the follower's reward r and the leader's reward u of this step. */
    public void rewards(double lower, double upper) {
        lowerReward = lower;
        upperReward = upper;
    }

    /** Ends the episode: no value follows. A time limit is no termination. */
    public void terminate() {
        terminated = true;
    }

    /** The follower's reward. */
    public double lowerReward() {
        return lowerReward;
    }

    /** The leader's reward. */
    public double upperReward() {
        return upperReward;
    }

    /** Whether the episode ended with this step. */
    public boolean terminated() {
        return terminated;
    }

    /** The gradient of the follower's reward in the upper variable. */
    public SparseGradient lowerRewardGradient() {
        return lowerRewardGradient;
    }

    /** The gradient of the leader's reward in the upper variable. */
    public SparseGradient upperRewardGradient() {
        return upperRewardGradient;
    }

    /**
     * The gradient of log( mu_x(leader's action | state) P_x(next state | state, actions) ): what makes the upper
     * variable enter through the leader's moves and the transitions.
     */
    public SparseGradient upperScore() {
        return upperScore;
    }

    /** Forgets the last step. */
    public void clear() {
        lowerReward = 0;
        upperReward = 0;
        terminated = false;
        lowerRewardGradient.clear();
        upperRewardGradient.clear();
        upperScore.clear();
    }
}
