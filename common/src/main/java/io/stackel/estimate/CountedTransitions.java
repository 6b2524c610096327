package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * Counts of transitions for a model of the dynamics. Even units play {@code first}, odd ones {@code second}; a share
 * of the trajectories explores with uniform actions instead.
 *
 * @param exploration the probability that a trajectory explores, in [0, 1]
 */
public record CountedTransitions(
        Purpose purpose, int stream, long units, int upper, int first, int second, double exploration)
        implements Estimand {

    @Override
    public Estimation estimation(UnitSource source) {
        return new TrajectoryEstimation(
                source.rollouts(), this, TrajectoryEstimation.NONE, TrajectoryEstimation.NONE, true) {
            @Override
            void plan(LanePlan plan, long trajectory) {
                boolean even = (trajectory & 1) == 0;
                plan.add(trajectory, explores(trajectory) ? LanePlan.UNIFORM : even ? first : second);
            }
        };
    }

    /** A fixed share of the pairs of trajectories explores, evenly spread. */
    private boolean explores(long trajectory) {
        long pair = trajectory >> 1;
        return StrictMath.floor((pair + 1) * exploration) > StrictMath.floor(pair * exploration);
    }
}
