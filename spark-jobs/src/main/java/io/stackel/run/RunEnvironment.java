package io.stackel.run;

import io.stackel.algorithm.RunLoop;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a run has around it: people who watch, a process, a clock. The defaults are those of a process of others that nobody
 * watches, as of a trial in an executor.
 */
public interface RunEnvironment {

    /** Asked between two batches; true stops the run as a signal would. */
    BooleanSupplier stopRequested();

    /** Shows people one line or more at once, without the last line feed. */
    default void tell(String lines) {}

    /**
     * What shows the progress of one driver.
     *
     * @param watch started when the driver did
     */
    default RunProgress progress(RunLoop.Plan plan, Stopwatch watch) {
        return new RunProgress() {};
    }

    /** How the process ends. */
    default ProcessEnd process() {
        return ProcessEnd.ofOthers();
    }

    /** A clock for progress and timings; never for results. */
    default LongSupplier nanoTime() {
        return System::nanoTime;
    }

    /** The class loader that sees the user's jars. */
    static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : RunEnvironment.class.getClassLoader();
    }
}
