package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.run.EngineChoice;
import io.stackel.run.ExitCode;
import io.stackel.run.Quantities;
import io.stackel.run.RunEnd;
import io.stackel.run.ShutdownGuard;
import io.stackel.run.Stopwatch;
import io.stackel.spark.SparkEngine;
import io.stackel.store.RunState;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepStanding;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialJob;
import io.stackel.sweep.TrialRun;
import io.stackel.sweep.TrialStanding;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;

/** Runs trials of a sweep and shows how it goes. */
final class SweepSession {

    private static final double SECONDS = 10;

    private final LoadedSweep sweep;
    private final SweepEngineOptions options;
    private final Surroundings surroundings;
    private final PrintStream err;
    private final Stopwatch watch;
    private int done;
    private int failed;
    private boolean gaveUp;
    private double next = SECONDS;

    SweepSession(LoadedSweep sweep, SweepEngineOptions options, Surroundings surroundings) {
        this.sweep = sweep;
        this.options = options;
        this.surroundings = surroundings;
        err = surroundings.err();
        watch = new Stopwatch(surroundings.nanoTime());
    }

    /**
     * Runs trials.
     *
     * @param before how the sweep stood
     * @param trials that are run
     */
    ExitCode run(SweepStanding before, List<Trial> trials) {
        SweepStanding after = runAll(before, trials);
        SweepText text = new SweepText(sweep, after);
        surroundings.out().print(options.json() ? text.json() : text.text());
        surroundings.out().flush();
        return code(after);
    }

    /** Runs trials and looks how the sweep stands then. */
    SweepStanding runAll(SweepStanding before, List<Trial> trials) {
        new SweepCode(surroundings.loader()).require(before, options.acceptCode(), err);
        err.println("sweep " + sweep.directory().root() + ": " + before.counts() + ", " + trials.size() + " to run");
        before.notices().forEach(notice -> err.println("notice: " + notice));
        err.flush();
        if (trials.isEmpty()) {
            return before;
        }
        TrialJob.requireSmall(trials);
        if (options.insideTasks()) {
            insideTasks(trials);
        } else {
            oneByOne(trials);
        }
        return sweep.standing();
    }

    private void insideTasks(List<Trial> trials) {
        URI root = sweep.directory().root();
        refuseLocalFiles(root, options.spark());
        TrialRun runner = new TrialRun(root, options.acceptCode(), options.singleWriter());
        SparkConf settings = TrialJob.settings(new SparkConf());
        try (SparkEngine spark =
                options.spark().startSpark("sweep " + sweep.plan().name(), settings)) {
            TrialJob job = new TrialJob(spark.context(), runner, root);
            try (ShutdownGuard guard = guard(job::cancel)) {
                job.run(trials, (trial, end) -> ended(trial, end, trials.size()))
                        .filter(reason -> !guard.requested())
                        .ifPresent(this::gaveUp);
                guard.finished(ExitCode.TRY_AGAIN);
            }
        }
    }

    private void gaveUp(String reason) {
        gaveUp = true;
        err.println("Spark gave up before all trials had ended: " + reason
                + "\nnothing is lost: the same command goes on from the last commit of each");
        err.flush();
    }

    /** On a signal the trials in flight are asked to stop; they commit at the end of their batch. */
    private ShutdownGuard guard(Runnable askToStop) {
        return surroundings.process().guard(true, caller -> {
            askToStop.run();
            TrialRun.awaitNone();
            return ExitCode.TRY_AGAIN;
        });
    }

    private static void refuseLocalFiles(URI root, EngineChoice spark) {
        if ("file".equals(root.getScheme()) && !spark.isOfThisMachine()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the trials of a sweep on a cluster are written by its executors, whose disks are not this one ("
                            + root + "); give --out on hdfs: or s3a:, or use --engine spark");
        }
    }

    private void oneByOne(List<Trial> trials) {
        TrialRun runner = new TrialRun(sweep.directory().root(), options.acceptCode(), options.singleWriter());
        try (ShutdownGuard guard = guard(() -> {})) {
            BooleanSupplier stop =
                    () -> guard.requested() || surroundings.stopRequested().getAsBoolean();
            for (Trial trial : trials) {
                if (stop.getAsBoolean()) {
                    break;
                }
                URI place = SweepDirectory.trial(sweep.directory().root(), trial);
                ended(trial, runner.run(trial, place, stop, options.spark()), trials.size());
            }
            guard.finished(ExitCode.TRY_AGAIN);
        }
    }

    private void ended(Trial trial, RunEnd end, int all) {
        done++;
        if (end.exitCode() != ExitCode.SUCCESS) {
            failed++;
            err.println(trial.name() + " " + trial.axes() + " seed " + trial.seed() + ": exit "
                    + end.exitCode().code() + ", " + end.reason());
        }
        double now = watch.seconds();
        if (now >= next || done == all) {
            next = now + SECONDS;
            double left = now / done * (all - done);
            err.println(done + "/" + all + " trials ended" + (failed == 0 ? "" : ", " + failed + " not well")
                    + (done == all
                            ? " after " + Quantities.duration(now)
                            : "  " + Quantities.duration(left) + " left"));
        }
        err.flush();
    }

    /** The worst of the trials, unless Spark did not come to the end of them. */
    ExitCode code(SweepStanding standing) {
        if (gaveUp && !standing.open().isEmpty()) {
            return ExitCode.TRY_AGAIN;
        }
        Set<RunState> states = standing.counts().keySet();
        if (states.contains(RunState.FAILED) || states.contains(RunState.DAMAGED)) {
            return ExitCode.DATA;
        }
        if (states.contains(RunState.DIVERGED)) {
            return ExitCode.DIVERGED;
        }
        return standing.trials().stream().allMatch(TrialStanding::ended) ? ExitCode.SUCCESS : ExitCode.TRY_AGAIN;
    }
}
