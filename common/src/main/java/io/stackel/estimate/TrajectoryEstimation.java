package io.stackel.estimate;

/** Plays the trajectories of units, several side by side, and forms each unit's vectors from them. */
abstract class TrajectoryEstimation extends Estimator implements Estimation {

    /** In the place of a position: no gradient. */
    static final int NONE = -1;

    final Rollouts rollouts;
    private final Estimand estimand;
    private final int upper;
    private final int follower;
    private final boolean counted;

    /**
     * Forms the units of {@code estimand} in the variables given.
     *
     * @param upper position of the upper variable in which units have a gradient, or {@link #NONE}
     * @param follower position of the follower in whose parameters units have a gradient, or {@link #NONE}
     * @param counted whether the transitions of the trajectories are counted
     */
    TrajectoryEstimation(Rollouts rollouts, Estimand estimand, int upper, int follower, boolean counted) {
        super(rollouts.setting());
        this.rollouts = rollouts;
        this.estimand = estimand;
        this.upper = upper;
        this.follower = follower;
        this.counted = counted;
    }

    /** Adds a lane for a trajectory, numbered over all units. */
    abstract void plan(LanePlan plan, long trajectory);

    /** Adds what the trajectory of a lane contributes, which is number {@code player} of its unit. */
    void add(Trajectory trajectory, int player, UnitSums unit) {}

    /** Adds what the trajectories of a unit contribute, whose first lane is given. */
    void addUnit(long number, int lane, UnitSums unit) {
        for (int j = 0; j < estimand.trajectoriesPerUnit(); j++) {
            add(played(lane + j, unit), j, unit);
        }
    }

    /** Completes the vectors of a unit. */
    void collect(UnitSums unit) {
        rollouts.sampler().collect(unit);
    }

    /** The number of the unit at a place of the order in which units are gone through. */
    long number(long place) {
        return place;
    }

    /** The trajectory of a lane, whose length and end are noted; one object, re-used by the next call. */
    final Trajectory played(int lane, UnitSums unit) {
        Trajectory trajectory = trajectory(lane);
        unit.played(trajectory);
        return trajectory;
    }

    /** The trajectory of a lane once more. */
    final Trajectory trajectory(int lane) {
        return rollouts.sampler().trajectory(rollouts.plan(), lane);
    }

    @Override
    public final void add(long from, long to, UnitSums unit, TransitionCounts counts) {
        rollouts.sampler().open(upper, follower, unit);
        int group = Math.max(1, rollouts.plan().capacity / estimand.trajectoriesPerUnit());
        for (long u = from; u < to; u += group) {
            addGroup(u, (int) Math.min(group, to - u), unit, counts);
        }
        rollouts.sampler().close(unit);
    }

    private void addGroup(long from, int units, UnitSums unit, TransitionCounts counts) {
        LanePlan plan = rollouts.plan();
        plan.begin(estimand.purpose(), estimand.stream(), estimand.upper(), horizon());
        int perUnit = estimand.trajectoriesPerUnit();
        for (int i = 0; i < units; i++) {
            long first = number(from + i) * perUnit;
            for (int j = 0; j < perUnit; j++) {
                plan(plan, first + j);
            }
        }
        rollouts.sampler().play(plan);
        for (int i = 0; i < units; i++) {
            unit.begin();
            addUnit(number(from + i), i * perUnit, unit);
            for (int lane = i * perUnit; counted && lane < (i + 1) * perUnit; lane++) {
                rollouts.sampler().count(lane, counts);
            }
            collect(unit);
            unit.end();
        }
    }
}
