package io.stackel.cli;

import org.apache.hadoop.conf.Configuration;

/** The Hadoop configuration that both engines use: core-site.xml of the class path and {@code spark.hadoop.*}. */
final class HadoopSettings {

    private static final String PREFIX = "spark.hadoop.";

    private HadoopSettings() {}

    /** Settings of the class path, then those that the launcher or spark-submit left in the system properties. */
    static Configuration read() {
        Configuration configuration = new Configuration();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                configuration.set(name.substring(PREFIX.length()), System.getProperty(name));
            }
        }
        return configuration;
    }
}
