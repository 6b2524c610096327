package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.SortedMap;

/** Answers batches: on this thread, on a pool, or on a cluster, always with the same bits. */
public interface GradientOracle extends AutoCloseable {

    /**
     * Evaluates a batch.
     *
     * @param request with at least one role
     * @param description what the batch is for, to be shown where the engine lists its work
     */
    BatchResult evaluate(BatchRequest request, String description);

    /**
     * Shows people how the run stands where they look at the engine; does nothing where there is no such place.
     *
     * @param figures the latest of a step or of a row of metrics, by name
     */
    default void show(State state, SortedMap<String, Double> figures) {}

    /** Releases threads and whatever else the engine holds for this run. */
    @Override
    void close();
}
