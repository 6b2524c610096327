package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * A first-order gradient from values alone. With followers 1 and 2, scale c and weights f1, f2:
 *
 * <pre>
 *   z_upper = c ( grad_x J(x, 1) - grad_x J(x, 2) ) + f1 grad_x f(x, 1) + f2 grad_x f(x, 2)      (without upperTerm)
 *   z_lower = - c grad_theta J(x, 2) + f2 grad_theta f(x, 2)                                     (theta of 2)
 * </pre>
 *
 * <p>z_upper has the length m, z_lower that of theta. Add {@code addUpperTermGradient} of the problem for all of grad_x f.
 *
 * <p>A unit is a pair of trajectories, the even one played by follower 1 and the odd one by follower 2, coupled as {@link
 * Coupling} says. If the followers are one, a unit is one trajectory.
 *
 * @param draws how many units, and the address of their draws
 * @param followers 1 and 2
 * @param combination c, f1 and f2
 * @param wanted which of z_upper and z_lower
 * @param counted whether the transitions of these trajectories are counted
 */
public record ValueGradient(
        Units draws, int upper, FollowerPair followers, Combination combination, Wanted wanted, boolean counted)
        implements Estimand {

    @Override
    public Purpose purpose() {
        return draws.purpose();
    }

    @Override
    public int stream() {
        return draws.stream();
    }

    @Override
    public long units() {
        return draws.count();
    }

    @Override
    public int trajectoriesPerUnit() {
        return followers.single() ? 1 : 2;
    }

    /** Follower 1. */
    int first() {
        return followers.first();
    }

    /** Follower 2. */
    int second() {
        return followers.second();
    }

    /** c. */
    double scale() {
        return combination.scale();
    }

    /** f1. */
    double firstWeight() {
        return combination.firstWeight();
    }

    /** f2. */
    double secondWeight() {
        return combination.secondWeight();
    }

    /** Whether each trajectory of a pair feeds the terms of both followers. */
    boolean shared() {
        return !followers.single() && followers.coupling() == Coupling.SHARED;
    }

    /** Whether both trajectories of a pair have the same random numbers. */
    boolean common() {
        return !followers.single() && followers.coupling() == Coupling.COMMON;
    }

    /** The same without the upper objective: f1 = f2 = 0. */
    public ValueGradient ofLowerLevel() {
        return new ValueGradient(draws, upper, followers, combination.ofLowerLevel(), wanted, counted);
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        GradientEstimator estimator = new GradientEstimator(rollouts.setting());
        int inUpper = wanted.upper() ? upper : TrajectoryEstimation.NONE;
        int inLower = wanted.lower() ? second() : TrajectoryEstimation.NONE;
        return new TrajectoryEstimation(rollouts, this, inUpper, inLower, counted) {
            @Override
            void plan(LanePlan plan, long trajectory) {
                boolean even = (trajectory & 1) == 0;
                plan.add(common() ? trajectory & ~1L : trajectory, even || followers.single() ? first() : second());
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
                estimator.add(ValueGradient.this, trajectory, player, unit);
            }
        };
    }
}
