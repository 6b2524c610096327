package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;

/**
 * What the trajectories that one thread plays side by side take: their buffers have room for every step up to the horizon,
 * so that nothing is allocated while they are played.
 *
 * @param bytesPerStep of the horizon, about
 * @param longest horizon whose buffers are no longer than arrays can be
 */
public record TrajectoryRoom(long bytesPerStep, long longest) {

    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Vectors over the steps of one trajectory, in the estimators of all estimands. */
    private static final long ESTIMATORS = 25;

    /** The room of a problem under a policy. */
    public static TrajectoryRoom of(TrajectoryProblem problem, Policy policy) {
        long estimators = ESTIMATORS * Double.BYTES;
        if (problem.as(FiniteProblem.class).isPresent()) {
            long view = 4 * Integer.BYTES;
            return new TrajectoryRoom(
                    Rollouts.LANES * 2L * Integer.BYTES + view + estimators, LONGEST_ARRAY / Rollouts.LANES);
        }
        long numbers = (long) problem.observationSize() + policy.actionSize() + 5;
        long widest = Math.max(problem.actions(), Math.max(problem.observationSize(), policy.actionSize()));
        return new TrajectoryRoom(
                Rollouts.LANES * (numbers * Double.BYTES + 3 * Integer.BYTES) + estimators, LONGEST_ARRAY / widest - 1);
    }

    /** The longest horizon that fits, at least 1. */
    public long mostSteps(long memory) {
        return Math.max(1, Math.min(longest, memory / bytesPerStep));
    }
}
