package io.stackel.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;

/** A Spark application with the settings that the oracle needs; what the user set stands. */
public final class SparkEngine implements AutoCloseable {

    /** How the name of an application begins that Spark gave itself. */
    private static final String UNREGISTERED = "spark-application-";

    private static final String REGISTRATOR = "spark.kryo.registrator";

    private final JavaSparkContext context;

    private SparkEngine(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Starts a Spark application, or joins the cluster that spark-submit chose.
     *
     * @param master taken if {@code given} names none
     * @param application its name, taken if {@code given} names none
     * @param given settings of the user, as {@code new SparkConf()} reads them from spark-submit or system properties
     */
    public static SparkEngine open(String master, String application, SparkConf given) {
        return new SparkEngine(new JavaSparkContext(settings(master, application, given)));
    }

    /** The user's settings with ours where there are none. */
    static SparkConf settings(String master, String application, SparkConf given) {
        SparkConf settings = given.clone();
        settings.setIfMissing("spark.master", master);
        settings.setIfMissing("spark.app.name", application);
        settings.setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        settings.setIfMissing("spark.kryo.registrationRequired", "true");
        settings.setIfMissing("spark.kryoserializer.buffer.max", "1024m");
        settings.setIfMissing("spark.ui.retainedJobs", "100");
        settings.setIfMissing("spark.ui.retainedStages", "100");
        settings.setIfMissing("spark.ui.retainedTasks", "1000");
        settings.setIfMissing("spark.ui.showConsoleProgress", "false");
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

    /** Stops the application. */
    @Override
    public void close() {
        context.close();
    }
}
