package io.stackel.policy;

/** A policy with parameters of its own for every state, whose observation is the number of the state. */
interface TabularPolicy extends DiscretePolicy {

    @Override
    default int observationSize() {
        return 1;
    }

    @Override
    default boolean tabular() {
        return true;
    }
}
