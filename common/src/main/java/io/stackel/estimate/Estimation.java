package io.stackel.estimate;

/** Forms the units of one estimand; one request, one thread. */
interface Estimation {

    /**
     * Adds consecutive units in ascending order.
     *
     * @param from number of the first unit
     * @param to one more than that of the last
     * @param unit takes each unit's vectors
     * @param counts takes counted transitions
     */
    void add(long from, long to, UnitSums unit, TransitionCounts counts);
}
