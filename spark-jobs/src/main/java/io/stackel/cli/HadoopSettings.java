package io.stackel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

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

    /** The content of a file. */
    static InputStream open(URI file) throws IOException {
        return FileSystem.get(file, read()).open(new Path(file));
    }
}
