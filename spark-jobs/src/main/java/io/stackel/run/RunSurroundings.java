package io.stackel.run;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a run has around it.
 *
 * @param listener shows people how it goes
 * @param process how it ends
 * @param nanoTime a clock for progress and timings; never for results
 * @param stopRequested asked between two batches; true stops the run as a signal would
 */
public record RunSurroundings(
        RunListener listener, ProcessEnd process, LongSupplier nanoTime, BooleanSupplier stopRequested) {

    /** Those of a run in a process of others that nobody watches, as a trial in an executor. */
    public static RunSurroundings unseen(BooleanSupplier stopRequested) {
        return new RunSurroundings(RunListener.NOBODY, ProcessEnd.ofOthers(), System::nanoTime, stopRequested);
    }

    /** The class loader that sees the user's jars. */
    public static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : RunSurroundings.class.getClassLoader();
    }
}
