package io.stackel.run;

import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The Hadoop configuration that both engines use: core-site.xml of the class path and {@code spark.hadoop.*}, of the Spark
 * that runs in this process, if one does, and of the system properties.
 *
 * <p>A class, because a method reference that gives a {@code Configuration} loads Hadoop when it is made, also where
 * nobody asks it.
 */
public final class HadoopSettings implements Supplier<Configuration> {

    private static final String PREFIX = "spark.hadoop.";

    /** Settings of the class path, then those that the launcher or spark-submit left in the system properties. */
    @Override
    public Configuration get() {
        SparkEnv spark = SparkEnv.get();
        Configuration configuration =
                spark == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(spark.conf());
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                configuration.set(name.substring(PREFIX.length()), System.getProperty(name));
            }
        }
        return configuration;
    }
}
