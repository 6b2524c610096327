package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.run.EngineChoice;
import io.stackel.run.ExitCode;
import io.stackel.run.Quantities;
import io.stackel.run.RunEnd;
import io.stackel.run.ShutdownGuard;
import io.stackel.run.SideBySide;
import io.stackel.run.Stopwatch;
import io.stackel.spark.SparkEngine;
import io.stackel.store.RunState;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialJob;
import io.stackel.sweep.TrialRun;
import io.stackel.sweep.TrialStatus;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs trials of a sweep and shows how it goes. */
final class SweepSession {

    private static final double SECONDS = 10;

    /** Where the trials of a sweep run. */
    static final class Options {

        @Option(
                names = "--engine",
                paramLabel = "ENGINE",
                defaultValue = "local",
                description = {
                    "local: each trial whole on one thread, many side by side: in this process or, with a master, in tasks of"
                            + " Spark. spark: one trial after the other, each batch over all of Spark. The results are the"
                            + " same bits. Default: local."
                })
        private EngineChoice.Kind engine;

        @Mixin
        private SparkOptions spark;

        @Option(
                names = "--accept-code",
                description = "As for run: go on although your own code has changed since a trial's last commit.")
        private boolean acceptCode;

        @Option(names = "--single-writer", description = "As for run.")
        boolean singleWriter;

        @Option(
                names = "--json",
                description = "Print how the sweep stands as JSON, as 'stackel sweep status --json' does.")
        boolean json;
    }

    private final LoadedSweep sweep;
    private final Options options;
    private final CommandEnvironment environment;
    private final Stopwatch watch;
    private int done;
    private int failed;
    private boolean gaveUp;
    private double next = SECONDS;

    SweepSession(LoadedSweep sweep, Options options, CommandEnvironment environment) {
        this.sweep = sweep;
        this.options = options;
        this.environment = environment;
        watch = new Stopwatch(environment.nanoTime());
    }

    /**
     * Runs trials.
     *
     * @param before how the sweep stood
     * @param trials that are run
     */
    ExitCode run(SweepStatus before, List<Trial> trials) {
        SweepStatus after = runAll(before, trials);
        SweepText text = new SweepText(sweep, after);
        environment.print(options.json ? text.json() : text.text());
        return code(after);
    }

    /** Runs trials and looks how the sweep stands then. */
    SweepStatus runAll(SweepStatus before, List<Trial> trials) {
        new SweepCode(Subcommand.loader()).require(before, options.acceptCode, environment);
        String states = before.counts().entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey().word())
                .collect(Collectors.joining(", "));
        environment.tell("sweep " + sweep.directory().root() + ": " + states + "; " + trials.size() + " to run");
        before.notices().forEach(notice -> environment.tell("notice: " + notice));
        if (trials.isEmpty()) {
            return before;
        }
        boolean local = options.engine == EngineChoice.Kind.LOCAL;
        EngineChoice spark = options.spark.engine();
        environment.tell(
                !local
                        ? "engine: spark, one trial after the other (asked for by --engine)"
                        : spark.hasMaster()
                                ? "engine: spark, each trial whole in a task (a master is given)"
                                : "engine: local, " + spark.width()
                                        + " trials side by side (no --master is given; Spark gives the same bits)");
        if (local && spark.hasMaster()) {
            insideTasks(trials);
        } else {
            inThisProcess(trials, local ? EngineChoice.oneThread() : spark, local ? spark.width() : 1);
        }
        return sweep.status();
    }

    private void insideTasks(List<Trial> trials) {
        URI root = sweep.directory().root();
        refuseLocalFiles(root, options.spark.engine());
        TrialJob.requireSmall(trials);
        TrialRun runner = new TrialRun(root, options.acceptCode, options.singleWriter);
        SparkConf settings = TrialJob.settings(new SparkConf());
        try (SparkEngine spark =
                options.spark.engine().startSpark("sweep " + sweep.plan().name(), settings)) {
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
        environment.tell("Spark gave up before all trials had ended: " + reason
                + "\nnothing is lost: the same command goes on from the last commit of each");
    }

    /** On a signal the trials in flight are asked to stop; they commit at the end of their batch. */
    private ShutdownGuard guard(Runnable askToStop) {
        return environment.process().guard(true, caller -> {
            askToStop.run();
            TrialRun.awaitNone();
            return ExitCode.TRY_AGAIN;
        });
    }

    private static void refuseLocalFiles(URI root, EngineChoice spark) {
        if ("file".equals(root.getScheme()) && !spark.isOfThisMachine()) {
            throw CommandFailure.usage(
                    "the trials of a sweep on a cluster are written by its executors, whose disks are not this one ("
                            + root + "); give --out on hdfs: or s3a:, or use --engine spark");
        }
    }

    private void inThisProcess(List<Trial> trials, EngineChoice engine, int sideBySide) {
        URI root = sweep.directory().root();
        TrialRun runner = new TrialRun(root, options.acceptCode, options.singleWriter);
        try (ShutdownGuard guard = guard(() -> {})) {
            BooleanSupplier stop =
                    () -> guard.requested() || environment.stopRequested().getAsBoolean();
            SideBySide.run(
                    trials,
                    sideBySide,
                    stop,
                    trial -> runner.run(trial, SweepDirectory.trial(root, trial), stop, engine),
                    (trial, end) -> ended(trial, end, trials.size()));
            guard.finished(ExitCode.TRY_AGAIN);
        }
    }

    private void ended(Trial trial, RunEnd end, int all) {
        done++;
        if (end.exitCode() != ExitCode.SUCCESS) {
            failed++;
            environment.tell(trial.name() + " " + trial.axes() + " seed " + trial.seed() + ": exit "
                    + end.exitCode().code() + ", " + end.reason());
        }
        double now = watch.seconds();
        if (now >= next || done == all) {
            next = now + SECONDS;
            double left = now / done * (all - done);
            String incomplete = failed == 0 ? "" : ", " + failed + " did not complete";
            environment.tell(done + "/" + all + " trials ended" + incomplete
                    + (done == all
                            ? " after " + Quantities.duration(now)
                            : "  " + Quantities.duration(left) + " left"));
        }
    }

    /** The worst of the trials, unless Spark did not come to the end of them. */
    ExitCode code(SweepStatus status) {
        if (gaveUp && !status.open().isEmpty()) {
            return ExitCode.TRY_AGAIN;
        }
        Set<RunState> states = status.counts().keySet();
        if (states.contains(RunState.FAILED) || states.contains(RunState.DAMAGED)) {
            return ExitCode.DATA;
        }
        if (states.contains(RunState.DIVERGED)) {
            return ExitCode.DIVERGED;
        }
        return status.trials().stream().allMatch(TrialStatus::ended) ? ExitCode.SUCCESS : ExitCode.TRY_AGAIN;
    }
}
