package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.LocalOracle;
import io.stackel.experiment.UriSecrets;
import io.stackel.spark.ExperimentRecipe;
import io.stackel.spark.MasterProbe;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.SparkOracle;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Which engine evaluates batches, and how wide; no part of a run's identity, because the bits are the same.
 *
 * @param kind of the engine
 * @param partitions tasks or ranges of a batch
 * @param threads worker threads of a local engine or of a local master
 * @param master Spark's
 * @param batchSeconds after which Spark gives a batch up; absent for never
 * @param reason why this engine was chosen, for people; empty where nobody chose
 */
public record EngineChoice(
        Kind kind,
        OptionalInt partitions,
        OptionalInt threads,
        Optional<String> master,
        OptionalLong batchSeconds,
        String reason)
        implements BatchEngine {

    /** Steps of one batch from which Spark is chosen unasked: a minute or so of one thread, beside which its start is short. */
    public static final long SPARK_STEPS = 1_000_000_000;

    private static final String SPARK_MASTER = "spark.master";

    /** Where batches are evaluated. */
    public enum Kind {
        /** Tasks of Spark, on a cluster or in this process. */
        SPARK,
        /** Threads of this process, without Spark. */
        LOCAL;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern MASTER = Pattern.compile("local(-cluster)?(\\[.+])?|yarn|(spark|k8s)://.+");

    public EngineChoice {
        partitions.ifPresent(value -> requirePositive("--partitions", value));
        threads.ifPresent(value -> requirePositive("--threads", value));
        batchSeconds.ifPresent(value -> requirePositive("--batch-seconds", value));
        if (kind == Kind.LOCAL && master.isPresent()) {
            throw CommandFailure.usage(
                    "--master is an option of --engine spark, but the engine is local; leave out one of the two");
        }
        if (master.isPresent() && !MASTER.matcher(master.get()).matches()) {
            throw CommandFailure.usage(
                    "--master must be local, local[N], local-cluster[N,CORES,MEGABYTES], spark://HOST:PORT, k8s://URL or"
                            + " yarn, but was " + master.get());
        }
        master.flatMap(given -> UriSecrets.refusal("--master", given)).ifPresent(refusal -> {
            throw CommandFailure.usage(refusal + "; " + UriSecrets.REMEDY);
        });
        if (threads.isPresent() && master.isPresent()) {
            throw CommandFailure.usage(
                    "--threads contradicts --master " + master.get() + ", which says itself how wide it is, as local["
                            + threads.getAsInt() + "] does; leave out one of the two");
        }
    }

    /** One thread of this process. */
    public static EngineChoice oneThread() {
        return new EngineChoice(Kind.LOCAL, OptionalInt.empty(), OptionalInt.of(1), Optional.empty());
    }

    /** A choice without a deadline for batches. */
    public EngineChoice(Kind kind, OptionalInt partitions, OptionalInt threads, Optional<String> master) {
        this(kind, partitions, threads, master, OptionalLong.empty(), "");
    }

    /**
     * The engine that was asked for; else Spark if a master is known or a batch is large, and the local engine otherwise.
     *
     * @param asked engine, if the user named one
     * @param stepsOfBatch at most, of the largest batch
     */
    public static EngineChoice of(
            Optional<Kind> asked,
            OptionalInt partitions,
            OptionalInt threads,
            Optional<String> master,
            OptionalLong batchSeconds,
            double stepsOfBatch) {
        Kind kind;
        String reason;
        if (asked.isPresent()) {
            kind = asked.get();
            reason = "asked for by --engine";
        } else if (isKnown(master)) {
            kind = Kind.SPARK;
            reason = "a master is given";
        } else if (stepsOfBatch >= SPARK_STEPS) {
            kind = Kind.SPARK;
            reason = "a batch has up to " + Quantities.count(stepsOfBatch) + " steps; --engine local does without";
        } else {
            kind = Kind.LOCAL;
            reason = "no --master is given; Spark gives the same bits";
        }
        return new EngineChoice(kind, partitions, threads, master, batchSeconds, reason);
    }

    private static void requirePositive(String option, long value) {
        if (value < 1) {
            throw CommandFailure.usage(option + " must be at least 1, but was " + value);
        }
    }

    /** Whether the user, or spark-submit, has named a master. */
    public boolean hasMaster() {
        return isKnown(master);
    }

    private static boolean isKnown(Optional<String> master) {
        return master.isPresent() || System.getProperty(SPARK_MASTER) != null;
    }

    /** Whether all processes are of this machine and see its disks. */
    public boolean isOfThisMachine() {
        return kind == Kind.LOCAL
                || master.orElse(System.getProperty(SPARK_MASTER, "local")).startsWith("local");
    }

    @Override
    public GradientOracle open(LoadedExperiment loaded) {
        return new LazyOracle(() -> kind == Kind.LOCAL ? local(loaded) : spark(loaded));
    }

    private GradientOracle local(LoadedExperiment loaded) {
        int width = width();
        return new LocalOracle(loaded.experiment().source(), width, partitions.orElse(width));
    }

    /** Threads of the local engine, or of a local Spark. */
    public int width() {
        return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    @Override
    public String line() {
        String what = kind == Kind.LOCAL
                ? "local, " + width() + (width() == 1 ? " thread" : " threads")
                : "spark, master "
                        + UriSecrets.redacted(master.orElseGet(() -> System.getProperty(SPARK_MASTER, fallback())));
        return "engine: " + what + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** Spark's master where none is known. */
    private String fallback() {
        return threads.isPresent() ? "local[" + threads.getAsInt() + "]" : "local[*]";
    }

    private GradientOracle spark(LoadedExperiment loaded) {
        String name = loaded.runName();
        SparkEngine engine = startSpark(name, new SparkConf());
        try {
            byte[] bytes = ExperimentRecipe.pack(
                    loaded.configuration(), loaded.problemFile(), Optional.empty(), new HadoopSettings());
            return new SparkOracle(engine.context(), name, new ExperimentRecipe(), bytes, partitions, batchSeconds) {
                @Override
                public void close() {
                    super.close();
                    engine.close();
                }
            };
        } catch (Throwable unbuildable) {
            // Code of the user's may throw anything, also what it does not declare.
            engine.close();
            throw unbuildable;
        }
    }

    /**
     * Starts Spark; it throws checked exceptions that it does not declare.
     *
     * @param name of the application
     * @param settings to which the master is added
     */
    public SparkEngine startSpark(String name, SparkConf settings) {
        master.ifPresent(settings::setMaster);
        String chosen = settings.get(SPARK_MASTER, fallback());
        SparkEngine engine;
        SparkVersion.require();
        new MasterProbe(settings, System.getenv()).refusal(chosen).ifPresent(refusal -> {
            throw notStarted(chosen, refusal, new IllegalStateException("not reachable"));
        });
        try {
            engine = SparkEngine.open(fallback(), "stackel " + name, settings);
        } catch (Exception failed) {
            throw notStarted(chosen, failed.getMessage(), failed);
        }
        if (chosen.startsWith("spark:") && !engine.isRegistered()) {
            engine.close();
            throw notStarted(chosen, "no such master answered", new IllegalStateException("not registered"));
        }
        return engine;
    }

    private static CommandFailure notStarted(String master, String reason, Exception cause) {
        return new CommandFailure(
                ExitCode.TRY_AGAIN,
                "Spark did not start with master " + master + ": " + reason
                        + "; look whether it is reachable and its settings fit, then run the same command again",
                cause);
    }

    @Override
    public boolean isSpark() {
        return kind == Kind.SPARK;
    }

    @Override
    public SortedMap<String, Object> description() {
        SortedMap<String, Object> words = new TreeMap<>();
        words.put("engine", kind.toString());
        partitions.ifPresent(value -> words.put("partitions", value));
        threads.ifPresent(value -> words.put("threads", value));
        master.ifPresent(value -> words.put("master", value));
        return words;
    }
}
