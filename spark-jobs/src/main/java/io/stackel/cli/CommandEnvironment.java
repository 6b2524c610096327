package io.stackel.cli;

import io.stackel.algorithm.RunLoop;
import io.stackel.run.ProcessEnd;
import io.stackel.run.RunEnvironment;
import io.stackel.run.RunProgress;
import io.stackel.run.Stopwatch;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a command, and a run in it, has around it; a test puts something else there.
 *
 * @param out takes results and nothing else
 * @param err takes progress and errors; text as {@link PlainStream} lets it through
 * @param terminal whether {@code err} is a terminal, on which one line is written over and over
 */
record CommandEnvironment(
        Results out,
        PrintStream err,
        boolean terminal,
        ProcessEnd process,
        LongSupplier nanoTime,
        BooleanSupplier stopRequested)
        implements RunEnvironment {

    CommandEnvironment {
        err = PlainStream.of(err);
    }

    /** A process that nobody but a signal stops. */
    static CommandEnvironment of(Results out, PrintStream err, boolean terminal, ProcessEnd process) {
        return new CommandEnvironment(out, err, terminal, process, System::nanoTime, () -> false);
    }

    @Override
    public void tell(String lines) {
        err.println(lines);
        err.flush();
    }

    /** Prints a result. */
    void print(String result) {
        out.print(result);
        out.flush();
    }

    @Override
    public RunProgress progress(RunLoop.Plan plan, Stopwatch watch) {
        return new ProgressLine(err, terminal, new TerminalWidth(nanoTime), plan, watch);
    }
}
