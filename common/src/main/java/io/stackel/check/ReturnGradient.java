package io.stackel.check;

import io.stackel.problem.SparseGradient;
import io.stackel.problem.Step;

/** The discounted return of one player along one trajectory, and its gradient in x by reward gradients and scores. */
final class ReturnGradient implements Playthrough.Witness {

    private final double discount;
    private final boolean leader;
    private final SparseGradient rewardGradients = new SparseGradient();
    private final SparseGradient scores = new SparseGradient();
    private final int[] rewardEnds;
    private final int[] scoreEnds;
    private final double[] rewards;
    private int length;

    /**
     * The return of no steps, to which steps are added.
     *
     * @param leader whether it is the leader's
     * @param horizon the most steps
     */
    ReturnGradient(double discount, boolean leader, int horizon) {
        this.discount = discount;
        this.leader = leader;
        rewardEnds = new int[horizon + 1];
        scoreEnds = new int[horizon + 1];
        rewards = new double[horizon];
    }

    @Override
    public void started(double[] observation) {}

    @Override
    public void stepped(double[] before, double[] action, Step step, double[] after) {
        rewards[length++] = leader ? step.upperReward() : step.lowerReward();
        rewardGradients.addAll(leader ? step.upperRewardGradient() : step.lowerRewardGradient());
        rewardEnds[length] = rewardGradients.size();
        scores.addAll(step.upperScore());
        scoreEnds[length] = scores.size();
    }

    /** The discounted sum of the rewards so far. */
    double total() {
        return tails()[0];
    }

    /** For t = 0 .. horizon, the discounted sum of the rewards from step t on, as seen from the start. */
    double[] tails() {
        double[] tails = new double[rewards.length + 1];
        double power = 1;
        for (int t = 0; t < length; t++) {
            tails[t] = power * rewards[t];
            power *= discount;
        }
        for (int t = length - 1; t >= 0; t--) {
            tails[t] += tails[t + 1];
        }
        return tails;
    }

    /** Adds {@code factor} times the gradient through the rewards. */
    void addRewardGradients(double factor, double[] into) {
        double power = factor;
        for (int t = 0; t < length; t++) {
            rewardGradients.addTo(rewardEnds[t], rewardEnds[t + 1], power, into);
            power *= discount;
        }
    }

    /**
     * Adds {@code factor} times the gradient through the scores.
     *
     * @param baseline is subtracted from the tails, as long as they
     */
    void addScores(double factor, double[] baseline, double[] into) {
        double[] tails = tails();
        for (int t = 0; t < length; t++) {
            scores.addTo(scoreEnds[t], scoreEnds[t + 1], factor * (tails[t] - baseline[t]), into);
        }
    }
}
