package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import java.util.SortedMap;

/** What evaluates the batches of a run; no part of a run's identity, because the bits are the same. */
public interface BatchEngine {

    /** The engine, not yet started. */
    GradientOracle open(LoadedExperiment loaded);

    /** Whether Spark evaluates the batches. */
    boolean isSpark();

    /** One line on the engine and why it was chosen, for people. */
    String line();

    /** What the timings record of the engine; {@code engine} is its word. */
    SortedMap<String, Object> description();
}
