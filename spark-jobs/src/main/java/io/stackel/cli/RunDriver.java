package io.stackel.cli;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.DivergedException;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.experiment.ProblemSelection;
import io.stackel.experiment.Safetensors;
import io.stackel.report.CommitSummary;
import io.stackel.report.ExitCode;
import io.stackel.spark.BatchFailedException;
import io.stackel.store.OwnedRun;
import io.stackel.store.StorageException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Drives a claimed run from where it stands to its end, and says in its directory how that went. */
final class RunDriver {

    private static final String STOPPED = "was asked to stop";

    private final OwnedRun run;
    private final LoadedExperiment loaded;
    private final Algorithm algorithm;
    private final Surroundings surroundings;
    private final PrintStream err;
    private final Stopwatch watch;
    private final ProgressLine progress;
    private volatile Optional<StoreRecorder> recorder = Optional.empty();

    RunDriver(OwnedRun run, LoadedExperiment loaded, Algorithm algorithm, Surroundings surroundings) {
        this.run = run;
        this.loaded = loaded;
        this.algorithm = algorithm;
        this.surroundings = surroundings;
        err = surroundings.err();
        watch = new Stopwatch(surroundings.nanoTime());
        progress = new ProgressLine(surroundings, loaded.experiment().plan(), watch);
    }

    /**
     * Drives until a limit is met or the process is told to stop. However it ends, the run is released.
     *
     * @param engine that evaluates the batches
     * @param hadoop whether Hadoop is in use, now or later
     * @return success, or try again after a stop
     */
    ExitCode drive(EngineOptions engine, boolean hadoop) {
        try (ShutdownGuard guard = surroundings.process().guard(hadoop, this::abandon)) {
            try {
                return drive(engine, guard);
            } catch (Throwable failure) {
                // Code of the user's may throw anything, also what it does not declare.
                progress.end();
                if (!guard.ending()) {
                    releaseAfter(failure);
                    tellReplay(failure);
                }
                throw failure;
            }
        }
    }

    private ExitCode drive(EngineOptions engine, ShutdownGuard guard) {
        Optional<CommitSummary> before =
                run.head().map(head -> CommitSummary.decode(head.commit().summary()));
        List<String> changes =
                new ArrayList<>(before.map(summary -> summary.changes(loaded.configuration(), surroundings.loader()))
                        .orElse(List.of()));
        run.head().flatMap(loaded::codeChange).ifPresent(changes::add);
        announce(changes);
        State start = run.head().map(head -> Safetensors.decode(head.state())).orElseGet(algorithm::init);
        SortedMap<String, Double> figures = before.map(CommitSummary::figures).orElseGet(TreeMap::new);
        RunLoop.Plan plan = loaded.experiment().plan();
        GradientOracle oracle = engine.open(loaded);
        try {
            Evaluation evaluation = loaded.experiment().evaluation(oracle);
            StoreRecorder.Frame frame = new StoreRecorder.Frame(
                    loaded.configuration(),
                    changes,
                    new CommitSummary.Code(
                            Optional.of(Version.text()), loaded.code().digest()),
                    before.map(CommitSummary::wallSeconds).orElse(0.0),
                    plan.evaluateEvery(),
                    state -> evaluation.measure(algorithm, state));
            StoreRecorder recording = new StoreRecorder(frame, run, progress, watch, start, figures);
            recording.note(Map.of("event", "driver", "epoch", run.owner().epoch(), "engine", engine.description()));
            run.report("running", start.step());
            recorder = Optional.of(recording);
            RunLoop loop = new RunLoop(
                    algorithm,
                    oracle,
                    evaluation,
                    new ShownRecorder(recording, oracle, start),
                    Completion.isReached(start, figures, plan) ? endingAt(start, plan) : plan,
                    () -> guard.requested() || surroundings.stopRequested().getAsBoolean());
            return finish(loop, start, guard);
        } finally {
            guard.parkIfEnding();
            oracle.close();
        }
    }

    private void announce(List<String> changes) {
        if (run.head().isEmpty()) {
            err.println("FRESH START of " + loaded.runName() + " as driver "
                    + run.owner().epoch());
        } else {
            State state = Safetensors.decode(run.head().get().state());
            err.println("RESUME step=" + state.step() + " iteration=" + state.iteration() + " samples="
                    + state.samples() + " as driver " + run.owner().epoch());
        }
        changes.forEach(change -> err.println("changed: " + change));
        err.flush();
    }

    /** A plan by which a state that has met a limit is complete. */
    private static RunLoop.Plan endingAt(State state, RunLoop.Plan plan) {
        return new RunLoop.Plan(
                state.iteration(),
                plan.samples(),
                plan.stationarityGap(),
                plan.evaluateEvery(),
                plan.checkpointEvery());
    }

    private ExitCode finish(RunLoop loop, State start, ShutdownGuard guard) {
        boolean complete = loop.run(start, run.head().isEmpty()) == Outcome.COMPLETE;
        ExitCode code = complete ? ExitCode.SUCCESS : ExitCode.TRY_AGAIN;
        release(complete ? "complete" : "stopped", complete ? "" : STOPPED, code);
        if (complete) {
            progress.end();
        } else {
            tellStop();
        }
        guard.finished(code);
        return code;
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
        ProblemSelection selected = loaded.configuration().problem();
        String problem = selected instanceof ProblemSelection.Named named ? named.name() : selected.toString();
        err.println("problem " + problem + ", seed " + loaded.configuration().seed()
                + "; to see the failure again in one process:");
        err.println("  " + Place.command() + " replay " + Place.shown(run.root()) + " --step "
                + recorder.get().reached().step() + chunk);
        err.flush();
    }

    private void releaseAfter(Throwable failure) {
        String state = failure instanceof DivergedException ? "diverged" : "failed";
        try {
            release(state, FailureReport.message(failure), FailureReport.exitCode(failure));
        } catch (StorageException silent) {
            // A run that is closed to this driver repeats the failure that closed it.
            if (silent != failure) {
                failure.addSuppressed(silent);
            }
        }
    }

    private void release(String state, String reason, ExitCode code) {
        run.release(state, step(), reason, code.code(), code.retryable());
    }

    /** Called by the guard where the process ends before the run does. */
    private ExitCode abandon(Optional<StackTraceElement> caller) {
        return caller.map(this::endedBy).orElseGet(this::stop);
    }

    /** Nothing is committed: what a problem did before it ended the process is not to be trusted. */
    private ExitCode endedBy(StackTraceElement caller) {
        progress.end();
        err.println("stackel: " + ProcessEnd.message(caller));
        err.flush();
        try {
            release("failed", ProcessEnd.message(caller), ExitCode.DATA);
        } catch (StorageException silent) {
            FailureReport.write(silent, false, err);
        }
        return ExitCode.DATA;
    }

    /** While a batch is in flight that does not end; it ends with the process. */
    private ExitCode stop() {
        try {
            recorder.ifPresent(StoreRecorder::seal);
            release("stopped", STOPPED, ExitCode.TRY_AGAIN);
        } catch (RuntimeException failure) {
            progress.end();
            FailureReport.write(failure, false, err);
            return FailureReport.exitCode(failure);
        }
        tellStop();
        return ExitCode.TRY_AGAIN;
    }

    private void tellStop() {
        progress.end();
        err.println("stopped at step " + step() + "; the same command goes on from there");
        err.flush();
    }

    private long step() {
        return recorder.flatMap(StoreRecorder::committed).map(State::step).orElse(0L);
    }
}
