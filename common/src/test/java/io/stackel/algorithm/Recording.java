package io.stackel.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers everything that a run reports. */
final class Recording implements RunRecorder {

    /** A checkpoint as it was asked for. */
    record Checkpoint(State state, Outcome outcome) {}

    final List<State> states = new ArrayList<>();
    final List<SortedMap<String, Double>> measurements = new ArrayList<>();
    final List<SortedMap<String, Double>> rows = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final List<String> preparations = new ArrayList<>();

    @Override
    public void preparing(String work, long done, long total) {
        preparations.add(work + ": " + done + " of " + total);
    }

    @Override
    public void progressed(State state, SortedMap<String, Double> measured) {
        states.add(state);
        measurements.add(new TreeMap<>(measured));
    }

    @Override
    public void measured(SortedMap<String, Double> row) {
        rows.add(new TreeMap<>(row));
    }

    @Override
    public void checkpoint(State state, Outcome outcome) {
        checkpoints.add(new Checkpoint(state, outcome));
    }

    State last() {
        return checkpoints.get(checkpoints.size() - 1).state();
    }

    List<Long> column(String name) {
        return rows.stream().map(row -> row.get(name).longValue()).toList();
    }
}
