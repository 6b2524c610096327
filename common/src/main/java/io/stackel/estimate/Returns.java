package io.stackel.estimate;

import io.stackel.random.Purpose;

/** The returns of a follower: leader's, and the follower's own with entropy. */
public record Returns(Purpose purpose, int stream, long units, int upper, int follower) implements Estimand {

    @Override
    public int trajectoriesPerUnit() {
        return 1;
    }

    @Override
    public Wanted wanted() {
        return Wanted.NEITHER;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        ReturnEstimator estimator = new ReturnEstimator(rollouts.setting());
        return new TrajectoryEstimation(rollouts, this, TrajectoryEstimation.NONE, TrajectoryEstimation.NONE, false) {
            @Override
            void plan(LanePlan plan, long trajectory) {
                plan.add(trajectory, follower);
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
                estimator.add(follower, trajectory, unit);
            }
        };
    }
}
