package io.stackel.estimate;

/** Plays the trajectories of a few units side by side and collects one unit's gradient at a time. */
interface Sampler {

    /** Plays the plan's lanes. */
    void play(LanePlan plan);

    /** The trajectory of a lane of the plan that was played last; one object, re-used by the next call. */
    Trajectory trajectory(LanePlan plan, int lane);

    /** Counts the transitions of a lane. */
    void count(int lane, TransitionCounts into);

    /** The state number in which a lane stopped, or -1 if it terminated. */
    int finalState(int lane);

    /** The follower's action at the first step of a lane. */
    int firstAction(int lane);

    /**
     * Starts a unit.
     *
     * @param follower whose policy scores it collects, or -1 for none
     */
    void begin(int follower);

    /**
     * Writes the gradient that the trajectories of a unit added up, and forgets it.
     *
     * @param upper position of the upper variable whose gradient was collected, or -1 if none was
     * @param follower whose policy scores were collected, or -1 if none were
     * @param upperInto cleared, length of the upper variable
     * @param lowerInto cleared, length of the policy's parameters
     */
    void collect(int upper, int follower, double[] upperInto, double[] lowerInto);
}
