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
    private final Optional<CommitSummary> before;

    RunDriver(OwnedRun run, LoadedExperiment loaded, Algorithm algorithm, Surroundings surroundings) {
        this.run = run;
        this.loaded = loaded;
        this.algorithm = algorithm;
        this.surroundings = surroundings;
        err = surroundings.err();
        before = run.head().map(head -> CommitSummary.decode(head.commit().summary()));
    }

    /**
     * Drives until a limit is met or the process is told to stop.
     *
     * @param engine that evaluates the batches
     * @param hadoop whether Hadoop is in use, now or later
     * @return success, or try again after a stop
     */
    ExitCode drive(EngineOptions engine, boolean hadoop) {
        List<String> changes =
                new ArrayList<>(before.map(summary -> summary.changes(loaded.configuration(), surroundings.loader()))
                        .orElse(List.of()));
        run.head().flatMap(loaded::codeChange).ifPresent(changes::add);
        announce(changes);
        State start = run.head().map(head -> Safetensors.decode(head.state())).orElseGet(algorithm::init);
        SortedMap<String, Double> figures = before.map(CommitSummary::figures).orElseGet(TreeMap::new);
        RunLoop.Plan plan = loaded.experiment().plan();
        Stopwatch watch = new Stopwatch(surroundings.nanoTime());
        ProgressLine progress = new ProgressLine(surroundings, plan, watch);
        try (GradientOracle oracle = engine.open(loaded)) {
            Evaluation evaluation = loaded.experiment().evaluation(oracle);
            StoreRecorder.Frame frame = new StoreRecorder.Frame(
                    loaded.configuration(),
                    changes,
                    new CommitSummary.Code(
                            Optional.of(Version.text()), loaded.code().digest()),
                    before.map(CommitSummary::wallSeconds).orElse(0.0),
                    plan.evaluateEvery(),
                    state -> evaluation.measure(algorithm, state));
            StoreRecorder recorder = new StoreRecorder(frame, run, progress, watch, start, figures);
            recorder.note(Map.of("event", "driver", "epoch", run.owner().epoch(), "engine", engine.description()));
            run.report("running", start.step());
            try (ShutdownGuard guard = surroundings.ownsProcess()
                    ? ShutdownGuard.install(hadoop, () -> abandon(recorder, progress))
                    : ShutdownGuard.none()) {
                RunLoop loop = new RunLoop(
                        algorithm,
                        oracle,
                        evaluation,
                        new ShownRecorder(recorder, oracle, start),
                        Completion.isReached(start, figures, plan) ? endingAt(start, plan) : plan,
                        () -> guard.requested() || surroundings.stopRequested().getAsBoolean());
                return finish(loop, start, recorder, progress, guard);
            }
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

    private ExitCode finish(
            RunLoop loop, State start, StoreRecorder recorder, ProgressLine progress, ShutdownGuard guard) {
        try {
            boolean complete = loop.run(start, run.head().isEmpty()) == Outcome.COMPLETE;
            ExitCode code = complete ? ExitCode.SUCCESS : ExitCode.TRY_AGAIN;
            release(recorder, complete ? "complete" : "stopped", complete ? "" : STOPPED, code);
            if (complete) {
                progress.end();
            } else {
                tellStop(recorder, progress);
            }
            guard.finished(code);
            return code;
        } catch (RuntimeException | Error failure) {
            progress.end();
            if (!guard.requested()) {
                String state = failure instanceof DivergedException ? "diverged" : "failed";
                releaseAfter(failure, recorder, state);
                tellReplay(failure, recorder);
            }
            throw failure;
        }
    }

    /** The command that evaluates what failed once more, in one process and unit by unit. */
    private void tellReplay(Throwable failure, StoreRecorder recorder) {
        boolean ofBatch = failure instanceof BatchFailedException || FailureReport.exitCode(failure) == ExitCode.DATA;
        if (!ofBatch || recorder.committed().isEmpty()) {
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
                + recorder.reached().step() + chunk);
        err.flush();
    }

    private void releaseAfter(Throwable failure, StoreRecorder recorder, String state) {
        try {
            release(recorder, state, FailureReport.message(failure), FailureReport.exitCode(failure));
        } catch (StorageException silent) {
            // A run that is closed to this driver repeats the failure that closed it.
            if (silent != failure) {
                failure.addSuppressed(silent);
            }
        }
    }

    private void release(StoreRecorder recorder, String state, String reason, ExitCode code) {
        run.release(state, step(recorder), reason, code.code(), code.retryable());
    }

    /** Called by the guard while a batch is in flight that does not end; the batch ends with the process. */
    private ExitCode abandon(StoreRecorder recorder, ProgressLine progress) {
        try {
            recorder.seal();
            release(recorder, "stopped", STOPPED, ExitCode.TRY_AGAIN);
        } catch (RuntimeException failure) {
            progress.end();
            FailureReport.write(failure, false, err);
            return FailureReport.exitCode(failure);
        }
        tellStop(recorder, progress);
        return ExitCode.TRY_AGAIN;
    }

    private void tellStop(StoreRecorder recorder, ProgressLine progress) {
        progress.end();
        err.println("stopped at step " + step(recorder) + "; the same command goes on from there");
        err.flush();
    }

    private static long step(StoreRecorder recorder) {
        return recorder.committed().map(State::step).orElse(0L);
    }
}
