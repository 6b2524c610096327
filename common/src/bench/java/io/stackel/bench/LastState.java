package io.stackel.bench;

import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Remembers the last state of a run. */
final class LastState implements RunRecorder {

    private final List<State> states = new ArrayList<>();

    /** The last state; there must be one. */
    State state() {
        return states.get(0);
    }

    @Override
    public void progressed(State state, SortedMap<String, Double> measurements) {
        states.clear();
        states.add(state);
    }

    @Override
    public void measured(SortedMap<String, Double> row) {
        // Only the end counts.
    }

    @Override
    public void checkpoint(State state, Outcome outcome) {
        // Nothing is kept.
    }
}
