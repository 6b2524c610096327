package io.stackel.spark;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * The progress of a run, as an event for Spark's listeners.
 *
 * @param samples of training so far
 * @param figures the latest by name
 */
record RunFigures(long samples, SortedMap<String, Double> figures) implements SparkListenerEvent {

    RunFigures {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    /** Metrics are in the run's directory; Spark's event log stays readable without our classes. */
    @Override
    public boolean logEvent() {
        return false;
    }
}
