package io.stackel.estimate;

/** Plays the trajectories of a few units side by side and collects one unit's gradient at a time. */
interface Sampler {

    /** Plays the plan's lanes. */
    void play(LanePlan plan);

    /** The trajectory of a lane of the plan that was played last; one object, re-used by the next call. */
    Trajectory trajectory(LanePlan plan, int lane);

    /** Counts the transitions of a lane. */
    default void count(int lane, TransitionCounts into) {
        throw new IllegalArgumentException("counting transitions needs a finite problem, with numbered states");
    }

    /** The state number in which a lane stopped, or -1 if it terminated. */
    default int finalState(int lane) {
        throw new IllegalArgumentException("state numbers need a finite problem");
    }

    /** The follower's action at the first step of a lane. */
    default int firstAction(int lane) {
        throw new IllegalArgumentException("chosen first actions need a finite problem");
    }

    /** Writes what is kept of a step of a lane: its joint cell, or 0, the observation and the action. */
    void step(int lane, int t, double[] into);

    /**
     * Prepares for units of one estimand.
     *
     * @param upper position of the upper variable whose gradient is collected, or -1 for none
     * @param follower whose policy scores are collected, or -1 for none
     * @param unit where the vectors go; learns which of them are formed in full
     */
    void open(int upper, int follower, UnitSums unit);

    /** Ends a unit: adds the gradients that its trajectories gave to the unit's vectors, unless they are there already. */
    default void collect(UnitSums unit) {}

    /** Ends the units of the estimand: adds the sums of vectors that were not formed in full. */
    default void close(UnitSums unit) {}
}
