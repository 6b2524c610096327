package io.stackel.estimate;

/** What the units of a request are formed of; one request, one thread. */
interface UnitSource {

    /**
     * Trajectories.
     *
     * @throws IllegalArgumentException if the problem has none
     */
    default Rollouts rollouts() {
        throw new IllegalArgumentException("the estimand needs trajectories, but the problem fits a model to data");
    }

    /**
     * Blocks of data.
     *
     * @throws IllegalArgumentException if the problem has none
     */
    default DataBlocks blocks() {
        throw new IllegalArgumentException("the estimand needs blocks of data, but the problem samples trajectories");
    }
}
