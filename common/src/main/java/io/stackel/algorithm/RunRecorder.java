package io.stackel.algorithm;

import java.util.SortedMap;

/** Where a run reports to: progress for people, metrics and checkpoints for later. */
public interface RunRecorder {

    /** Called while there is work to do before the first row; must be cheap. */
    default void preparing(String work, long done, long total) {}

    /** Called after every step with what it measured; must be cheap. */
    void progressed(State state, SortedMap<String, Double> measurements);

    /** Takes a row of metrics, in order; deterministic figures by name. */
    void measured(SortedMap<String, Double> row);

    /**
     * Makes the state and the rows since the last call durable.
     *
     * @param outcome of the run at this state
     */
    void checkpoint(State state, Outcome outcome);
}
