package io.stackel.sweep;

import io.stackel.run.CommandFailure;
import io.stackel.run.EngineChoice;
import io.stackel.run.HadoopSettings;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunEnd;
import io.stackel.run.RunEnvironment;
import io.stackel.run.RunRequest;
import io.stackel.run.RunSession;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
public record TrialRun(URI root, boolean acceptCode, boolean singleWriter) implements TrialJob.Runner {

    private static final long serialVersionUID = 1L;
    private static final String HADOOP = "spark.hadoop.";

    private static final AtomicInteger IN_FLIGHT = new AtomicInteger();
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public RunEnd run(Trial trial, URI out, BooleanSupplier stopRequested) {
        takeSettingsOfExecutor();
        String token = UUID.randomUUID().toString();
        return counted(() -> keeping(trial, out)
                .keepInTask(token, () -> session(trial, out, stopRequested, EngineChoice.oneThread())));
    }

    /** Returns when no trial is in flight in this process, or after some seconds. */
    public static void awaitNone() {
        long end = System.nanoTime() + WAIT_NANOS;
        while (IN_FLIGHT.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Runs a trial whose batches an engine evaluates. */
    public RunEnd run(Trial trial, URI out, BooleanSupplier stopRequested, EngineChoice engine) {
        return counted(() -> keeping(trial, out).keep(() -> session(trial, out, stopRequested, engine)));
    }

    /** Whatever happens to a trial is the end of that trial alone. */
    private static RunEnd counted(Supplier<RunEnd> work) {
        IN_FLIGHT.incrementAndGet();
        try {
            return work.get();
        } catch (Throwable failure) {
            return RunEnd.of(failure, 0);
        } finally {
            IN_FLIGHT.decrementAndGet();
        }
    }

    private TrialKeeping keeping(Trial trial, URI out) {
        HadoopSettings hadoop = new HadoopSettings();
        return new TrialKeeping(
                trial, new SweepDirectory(Stores.openForReading(root, hadoop)), Stores.openForReading(out, hadoop));
    }

    private RunEnd session(Trial trial, URI out, BooleanSupplier stopRequested, EngineChoice engine) {
        RunRequest request = new RunRequest(RunRequest.Resume.AUTO, Takeover.ALWAYS, engine, acceptCode, singleWriter);
        try {
            return new RunSession(load(trial), request, () -> stopRequested).end(out);
        } catch (Throwable unbuildable) {
            return RunEnd.of(unbuildable, 0);
        }
    }

    private static LoadedExperiment load(Trial trial) {
        LoadedExperiment loaded = LoadedExperiment.decodeRecord(
                "configuration", trial.configuration().getBytes(StandardCharsets.UTF_8), RunEnvironment.loader());
        if (!loaded.identity().sha256().equals(trial.identity())) {
            throw CommandFailure.usage(
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
