package io.stackel.sweep;

import io.stackel.run.RunEnd;
import java.io.Serializable;
import java.net.URI;
import java.util.function.BooleanSupplier;

/** Runs one trial to its end in this process; sent to executors. */
@FunctionalInterface
public interface TrialRunner extends Serializable {

    /**
     * Runs a trial, or goes on with it. It does not throw for what a trial can do wrong.
     *
     * @param out the run's directory
     * @param stopRequested asked between batches; true ends the trial after a commit
     */
    RunEnd run(Trial trial, URI out, BooleanSupplier stopRequested);
}
