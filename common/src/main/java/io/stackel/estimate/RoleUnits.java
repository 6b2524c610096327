package io.stackel.estimate;

/** Forms the units of a request's roles; one request, one thread. */
interface RoleUnits {

    /**
     * Adds consecutive units of a role in ascending order.
     *
     * @param from number of the first unit
     * @param to one more than that of the last
     * @param unit takes each unit's vectors
     * @param counts takes counted transitions
     */
    void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts);
}
