package io.stackel.spark;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;

/** A Spark application with the settings that the oracle needs; what the user set stands. */
public final class SparkEngine implements AutoCloseable {

    /** How the name of an application begins that Spark gave itself. */
    private static final String UNREGISTERED = "spark-application-";

    private static final String NAME = "spark.app.name";

    /** How the name begins that spark-submit takes from the class it starts, where the user gave none. */
    private static final String OF_CLASS = "io.stackel.";

    private static final String REGISTRATOR = "spark.kryo.registrator";

    private final JavaSparkContext context;

    private SparkEngine(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Starts a Spark application, or joins the cluster that spark-submit chose.
     *
     * @param master taken if {@code given} names none
     * @param application its name, taken if the user gave none
     * @param given settings of the user, as {@code new SparkConf()} reads them from spark-submit or system properties
     */
    public static SparkEngine open(String master, String application, SparkConf given) {
        return new SparkEngine(new JavaSparkContext(settings(master, application, given)));
    }

    /** The user's settings with ours where there are none. */
    static SparkConf settings(String master, String application, SparkConf given) {
        SparkConf settings = given.clone();
        settings.setIfMissing("spark.master", master);
        if (settings.get(NAME, OF_CLASS).startsWith(OF_CLASS)) {
            settings.set(NAME, application);
        }
        settings.setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        settings.setIfMissing("spark.kryo.registrationRequired", "true");
        settings.setIfMissing("spark.kryoserializer.buffer.max", "1024m");
        settings.setIfMissing("spark.ui.retainedJobs", "100");
        settings.setIfMissing("spark.ui.retainedStages", "100");
        settings.setIfMissing("spark.ui.retainedTasks", "1000");
        settings.setIfMissing("spark.ui.showConsoleProgress", "false");
        // A task of data prefers the executor that has its blocks, but not for longer than reading them takes.
        settings.setIfMissing("spark.locality.wait", "200ms");
        // The event log has the same figures among the metrics of each task.
        settings.setIfMissing("spark.eventLog.includeTaskMetricsAccumulators", "false");
        if (settings.get("spark.master").startsWith("local")) {
            settings.setIfMissing("spark.ui.enabled", "false");
            settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            settings.setIfMissing("spark.driver.host", "127.0.0.1");
        }
        if (!System.getProperties().containsKey("log4j2.configurationFile")) {
            settings.setIfMissing("spark.log.level", "WARN");
        }
        return withRegistrator(settings, StackelRegistrator.class);
    }

    /** The settings with one more registrator of Kryo, unless it is among them. */
    public static SparkConf withRegistrator(SparkConf settings, Class<? extends KryoRegistrator> registrator) {
        String ours = registrator.getName();
        String registrators = settings.get(REGISTRATOR, ours);
        return settings.set(REGISTRATOR, registrators.contains(ours) ? registrators : registrators + "," + ours);
    }

    /** Why batches cannot be evaluated with the settings of a context that others have started, and what to do; else nothing. */
    public static Optional<String> refusal(SparkConf given) {
        boolean strict = given.get("spark.serializer", "").endsWith("KryoSerializer")
                && given.getBoolean("spark.kryo.registrationRequired", false)
                && !given.get(REGISTRATOR, "").contains(StackelRegistrator.class.getName());
        return strict
                ? Optional.of(REGISTRATOR + " must name " + StackelRegistrator.class.getName()
                        + ", because spark.kryo.registrationRequired is true, but was '"
                        + given.get(REGISTRATOR, "") + "'; start the session with " + REGISTRATOR + "="
                        + withRegistrator(given.clone(), StackelRegistrator.class)
                                .get(REGISTRATOR)
                        + ", or without spark.kryo.registrationRequired")
                : Optional.empty();
    }

    /** The context, for an oracle and for reading data. */
    public JavaSparkContext context() {
        return context;
    }

    /**
     * Whether a standalone master has taken the application; where none did, Spark gives up after a minute and stops the
     * context behind its caller's back.
     */
    public boolean isRegistered() {
        return !context.sc().isStopped() && !context.sc().applicationId().startsWith(UNREGISTERED);
    }

    /** Stops the application, also in a thread that was interrupted, as YARN interrupts a driver that it has given up. */
    @Override
    public void close() {
        // What Spark stops waits for its threads; an interrupted wait would take the place of what ended the run.
        boolean interrupted = Thread.interrupted();
        context.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
