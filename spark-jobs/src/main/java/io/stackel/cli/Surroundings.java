package io.stackel.cli;

import io.stackel.run.ProcessEnd;
import io.stackel.run.RunSurroundings;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a command has around it, so that a test can put something else there.
 *
 * @param out takes results and nothing else
 * @param err takes progress and errors; text as {@link PlainStream} lets it through
 * @param terminal whether {@code err} is a terminal, on which one line is written over and over
 * @param process how it ends
 * @param nanoTime a clock for progress and timings; never for results
 * @param stopRequested asked between two batches of a run; true stops it as a signal would
 */
record Surroundings(
        Results out,
        PrintStream err,
        boolean terminal,
        ProcessEnd process,
        LongSupplier nanoTime,
        BooleanSupplier stopRequested) {

    Surroundings {
        err = PlainStream.of(err);
    }

    /** A process that nobody but a signal stops. */
    static Surroundings of(Results out, PrintStream err, boolean terminal, ProcessEnd process) {
        return new Surroundings(out, err, terminal, process, System::nanoTime, () -> false);
    }

    /** What a run has around it that this command runs. */
    RunSurroundings ofRun() {
        return new RunSurroundings(new RunScreen(this), process, nanoTime, stopRequested);
    }

    /** The class loader that sees the user's jars. */
    ClassLoader loader() {
        return RunSurroundings.loader();
    }
}
