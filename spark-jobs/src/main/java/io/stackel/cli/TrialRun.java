package io.stackel.cli;

import io.stackel.report.ExitCode;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialKeeping;
import io.stackel.sweep.TrialResult;
import io.stackel.sweep.TrialRunner;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import scala.Tuple2;

/**
 * Runs a trial as {@code stackel run} would: the same session, the same bits.
 *
 * @param root of the sweep
 * @param acceptCode as of {@code run}
 * @param singleWriter as of {@code run}
 */
record TrialRun(URI root, boolean acceptCode, boolean singleWriter) implements TrialRunner {

    private static final long serialVersionUID = 1L;
    private static final String HADOOP = "spark.hadoop.";

    private static final AtomicInteger IN_FLIGHT = new AtomicInteger();
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public TrialResult run(Trial trial, URI out, BooleanSupplier stopRequested) {
        takeSettingsOfExecutor();
        EngineOptions inside =
                new EngineOptions(EngineOptions.Kind.LOCAL, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        String token = UUID.randomUUID().toString();
        return counted(() ->
                keeping(trial, out).keepInTask(token, () -> run(trial, out, silent(stopRequested), inside)));
    }

    /** Returns when no trial is in flight in this process, or after some seconds. */
    static void awaitNone() {
        long end = System.nanoTime() + WAIT_NANOS;
        while (IN_FLIGHT.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Runs a trial whose batches an engine evaluates. */
    TrialResult run(Trial trial, URI out, BooleanSupplier stopRequested, EngineOptions engine) {
        return counted(() -> keeping(trial, out).keep(() -> run(trial, out, silent(stopRequested), engine)));
    }

    /** Whatever happens to a trial is the end of that trial alone. */
    private static TrialResult counted(Supplier<TrialResult> work) {
        IN_FLIGHT.incrementAndGet();
        try {
            return work.get();
        } catch (Throwable failure) {
            return result(failure, 0);
        } finally {
            IN_FLIGHT.decrementAndGet();
        }
    }

    private TrialKeeping keeping(Trial trial, URI out) {
        HadoopSettings hadoop = new HadoopSettings();
        return new TrialKeeping(
                trial, new SweepDirectory(Stores.openForReading(root, hadoop)), Stores.openForReading(out, hadoop));
    }

    private static Surroundings silent(BooleanSupplier stopRequested) {
        Results silent = new Results(OutputStream.nullOutputStream());
        return new Surroundings(silent, silent, false, ProcessEnd.ofOthers(silent), System::nanoTime, stopRequested);
    }

    private TrialResult run(Trial trial, URI out, Surroundings surroundings, EngineOptions engine) {
        RunOptions options = new RunOptions(
                trial.name(),
                List.of(),
                Optional.of(out.toString()),
                RunOptions.Resume.AUTO,
                Takeover.ALWAYS,
                engine,
                acceptCode,
                singleWriter,
                false,
                true);
        RunSession session = new RunSession(options, () -> load(trial, surroundings.loader()), surroundings);
        try {
            ExitCode code = session.run();
            return new TrialResult(code.code(), code == ExitCode.SUCCESS ? "" : "was asked to stop", session.epoch());
        } catch (Throwable failure) {
            return result(failure, session.epoch());
        }
    }

    private static TrialResult result(Throwable failure, int epoch) {
        return new TrialResult(FailureReport.exitCode(failure).code(), FailureReport.message(failure), epoch);
    }

    private static LoadedExperiment load(Trial trial, ClassLoader loader) {
        LoadedExperiment loaded = LoadedExperiment.decodeRecord(
                "configuration", trial.configuration().getBytes(StandardCharsets.UTF_8), loader);
        if (!loaded.identity().sha256().equals(trial.identity())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "trial " + trial.name() + " must be the run that was planned (" + trial.identity()
                            + "), but is " + loaded.identity().sha256()
                            + ": a file that it names has changed, or it was planned by a version with other keys");
        }
        return loaded;
    }

    /** spark-submit gives a driver its settings as system properties; an executor has them in its environment alone. */
    private static void takeSettingsOfExecutor() {
        SparkEnv environment = SparkEnv.get();
        if (environment != null) {
            for (Tuple2<String, String> setting : environment.conf().getAllWithPrefix(HADOOP)) {
                System.getProperties().putIfAbsent(HADOOP + setting._1(), setting._2());
            }
        }
    }
}
