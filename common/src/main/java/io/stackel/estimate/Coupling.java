package io.stackel.estimate;

/** What the two trajectories of a unit have to do with each other. */
public enum Coupling {
    /** Nothing: each has random numbers of its own and feeds the terms of its own follower. */
    NONE,

    /**
     * Both have the same random numbers: they begin alike and part only as their policies do, which couples them where
     * neighbouring states have neighbouring futures. Each feeds the terms of its own follower.
     */
    COMMON,

    /** Both feed the terms of both followers, weighted by their likelihood under the even mixture. */
    SHARED;

    /** Of trajectories that are shared or have nothing to do with each other. */
    public static Coupling sharedIf(boolean shared) {
        return shared ? SHARED : NONE;
    }
}
