package io.stackel.estimate;

/** Discounted returns of one trajectory, the leader's without entropy and the follower's with it, and the leader's total. */
final class ReturnEstimator {

    private final double[] powers;
    private final double[] rewards;

    ReturnEstimator(Rollouts.Setting setting) {
        powers = Discounts.powers(setting.discount(), setting.horizon());
        rewards = new double[setting.horizon() + 1];
    }

    void add(int follower, Trajectory trajectory, UnitSums unit) {
        int length = trajectory.length();
        trajectory.upperRewards(rewards);
        for (int t = 0; t < length; t++) {
            unit.upperReturn += powers[t] * rewards[t];
            unit.upperTotal += rewards[t];
        }
        trajectory.entropicRewards(follower, rewards);
        for (int t = 0; t < length; t++) {
            unit.lowerReturn += powers[t] * rewards[t];
        }
    }
}
