package io.stackel.estimate;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;

/** An estimand whose unit has a pair of trajectories where that of {@code terms} has one. */
interface PairEstimand extends Estimand {

    /** Trajectories of a pair. */
    int OF_A_PAIR = 2;

    /** In the address of labels, the bits below are the stream's. */
    int PURPOSE_SHIFT = 24;

    /** The estimand without pairs. */
    Estimand terms();

    @Override
    default Purpose purpose() {
        return terms().purpose();
    }

    @Override
    default int stream() {
        return terms().stream();
    }

    @Override
    default long units() {
        return terms().units();
    }

    @Override
    default int upper() {
        return terms().upper();
    }

    @Override
    default int trajectoriesPerUnit() {
        return OF_A_PAIR * terms().trajectoriesPerUnit();
    }

    /**
     * Where the segments and the label of a pair are drawn.
     *
     * @param pair its number over all units
     */
    default RandomStream labels(RolloutRequest request, long pair) {
        return request.stream(Purpose.LABEL, stream() | purpose().code() << PURPOSE_SHIFT, pair);
    }
}
