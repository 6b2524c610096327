package io.stackel.run;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.spark.BatchFailedException;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunState;
import io.stackel.store.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Drives a claimed run from where it stands to its end, and says in its directory how that went. */
final class RunDriver {

    private final OwnedRun run;
    private final LoadedExperiment loaded;
    private final Algorithm algorithm;
    private final RunEnvironment environment;
    private final Stopwatch watch;
    private final RunProgress progress;
    private volatile Optional<StoreRecorder> recorder = Optional.empty();

    RunDriver(OwnedRun run, LoadedExperiment loaded, Algorithm algorithm, RunEnvironment environment) {
        this.run = run;
        this.loaded = loaded;
        this.algorithm = algorithm;
        this.environment = environment;
        watch = new Stopwatch(environment.nanoTime());
        progress = environment.progress(loaded.experiment().plan(), watch);
    }

    /**
     * Drives until a limit is met or the process is asked to stop. However it ends, the run is released.
     *
     * @param engine that evaluates the batches
     * @param hadoop whether Hadoop is in use, now or later
     * @return success, or try again after a stop
     */
    RunEnd drive(BatchEngine engine, boolean hadoop) {
        try (ShutdownGuard guard = environment.process().guard(hadoop, this::abandon)) {
            try {
                return drive(engine, guard);
            } catch (Throwable failure) {
                // Code of the user's may throw anything, also what it does not declare.
                progress.end();
                if (failure instanceof CancellationException && isAskedToStop(guard)) {
                    stop();
                    return RunEnd.stopped(epoch());
                }
                if (!guard.ending()) {
                    releaseAfter(failure);
                    tellReplay(failure);
                }
                throw failure;
            }
        }
    }

    private RunEnd drive(BatchEngine engine, ShutdownGuard guard) {
        Optional<CommitSummary> before = run.head().map(CommitSummary::of);
        Optional<State> reached = run.head().map(head -> Safetensors.decode(head.state()));
        List<String> changes = new ArrayList<>(before.map(summary -> summary.changes(
                        loaded.configuration(), loaded.experiment().catalogue()))
                .orElse(List.of()));
        run.head().flatMap(loaded::codeChange).ifPresent(changes::add);
        environment.tell(reached.map(state -> "RESUME step=" + state.step() + " iteration=" + state.iteration()
                                + " samples=" + state.samples())
                        .orElse("FRESH START of " + loaded.runName())
                + " as driver " + epoch());
        environment.tell(engine.line());
        changes.forEach(change -> environment.tell("changed: " + change));
        State start = reached.orElseGet(algorithm::init);
        SortedMap<String, Double> figures = before.map(CommitSummary::figures).orElseGet(TreeMap::new);
        RunLoop.Plan plan = loaded.experiment().plan();
        GradientOracle oracle = engine.open(loaded);
        try {
            Evaluation evaluation = loaded.experiment().evaluation(oracle);
            StoreRecorder recording = new StoreRecorder(
                    new StoreRecorder.RunFacts(loaded, before, changes, state -> evaluation.measure(algorithm, state)),
                    run,
                    oracle,
                    progress,
                    watch,
                    start);
            recording.note(Map.of("event", "driver", "epoch", epoch(), "engine", engine.description()));
            run.report(RunState.RUNNING, start.step());
            recorder = Optional.of(recording);
            RunLoop loop = new RunLoop(
                    algorithm,
                    oracle,
                    evaluation,
                    recording,
                    Completion.isReached(start, figures, plan) ? endingAt(start, plan) : plan,
                    () -> isAskedToStop(guard));
            return finish(loop, start, guard);
        } finally {
            guard.parkIfEnding();
            oracle.close();
        }
    }

    private boolean isAskedToStop(ShutdownGuard guard) {
        return guard.requested() || environment.stopRequested().getAsBoolean();
    }

    /** A plan by which a state that has met a limit is complete. */
    private static RunLoop.Plan endingAt(State state, RunLoop.Plan plan) {
        return plan.endingAt(state.iteration());
    }

    private RunEnd finish(RunLoop loop, State start, ShutdownGuard guard) {
        boolean complete = loop.run(start, run.head().isEmpty()) == Outcome.COMPLETE;
        recorder.ifPresent(StoreRecorder::settle);
        RunEnd end = complete ? RunEnd.complete(epoch()) : RunEnd.stopped(epoch());
        release(end);
        if (complete) {
            progress.end();
        } else {
            tellStop();
        }
        guard.finished(end.exitCode());
        return end;
    }

    /** The command that evaluates what failed once more, in one process and unit by unit. */
    private void tellReplay(Throwable failure) {
        boolean ofBatch = failure instanceof BatchFailedException || FailureReport.exitCode(failure) == ExitCode.DATA;
        if (!ofBatch || recorder.flatMap(StoreRecorder::committed).isEmpty()) {
            return;
        }
        String chunk =
                failure instanceof BatchFailedException batch && batch.chunk().isPresent()
                        ? " --chunk " + batch.chunk().getAsLong()
                        : "";
        environment.tell("problem " + loaded.problemName() + ", seed "
                + loaded.configuration().seed()
                + "; to see the failure again in one process:\n  " + CommandText.command() + " replay "
                + CommandText.shown(run.root()) + " --step "
                + recorder.get().reached().step() + chunk);
    }

    private void releaseAfter(Throwable failure) {
        try {
            recorder.ifPresent(StoreRecorder::settle);
        } catch (StorageException | CancellationException unsettled) {
            // What closed the run is repeated below.
            if (unsettled != failure) {
                failure.addSuppressed(unsettled);
            }
        }
        try {
            release(RunEnd.of(failure, epoch()));
        } catch (StorageException silent) {
            // A run that is closed to this driver repeats the failure that closed it.
            if (silent != failure) {
                failure.addSuppressed(silent);
            }
        }
    }

    private void release(RunEnd end) {
        ExitCode code = end.exitCode();
        run.release(end.state(), step(), end.reason(), code.code(), code.retryable());
    }

    private int epoch() {
        return run.owner().epoch();
    }

    /** Called by the guard where the process ends before the run does. */
    private ExitCode abandon(Optional<StackTraceElement> caller) {
        return caller.map(this::endedBy).orElseGet(this::stop);
    }

    /** Nothing is committed: what a problem did before it ended the process is not to be trusted. */
    private ExitCode endedBy(StackTraceElement caller) {
        progress.end();
        environment.tell("stackel: " + ProcessEnd.message(caller));
        try {
            release(RunEnd.failed(ExitCode.DATA, ProcessEnd.message(caller), epoch()));
        } catch (StorageException silent) {
            environment.tell(FailureReport.text(silent, false));
        }
        return ExitCode.DATA;
    }

    /** While a batch is in flight that does not end; it ends with the process. */
    private ExitCode stop() {
        try {
            recorder.ifPresent(StoreRecorder::seal);
            release(RunEnd.stopped(epoch()));
        } catch (RuntimeException failure) {
            progress.end();
            environment.tell(FailureReport.text(failure, false));
            return FailureReport.exitCode(failure);
        }
        tellStop();
        return ExitCode.TRY_AGAIN;
    }

    private void tellStop() {
        progress.end();
        environment.tell("stopped at step " + step() + "; the same command goes on from there");
    }

    private long step() {
        return recorder.flatMap(StoreRecorder::committed).map(State::step).orElse(0L);
    }
}
