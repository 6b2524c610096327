package io.stackel.estimate;

import io.stackel.random.Purpose;

/** The returns of a follower: leader's, without entropy and in total, and the follower's own with entropy. */
public record Returns(Purpose purpose, int stream, long units, int upper, int follower) implements Estimand {

    @Override
    public Estimation estimation(UnitSource source) {
        return new TrajectoryEstimation(
                source.rollouts(), this, TrajectoryEstimation.NONE, TrajectoryEstimation.NONE, false) {
            private final double[] rewards = perStep();

            @Override
            void plan(LanePlan plan, long trajectory) {
                plan.add(trajectory, follower);
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
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
        };
    }
}
