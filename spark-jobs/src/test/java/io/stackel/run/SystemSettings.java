package io.stackel.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hands settings to commands of this process the way a user does, as {@code spark.*} properties, for one test. */
public final class SystemSettings implements AfterEachCallback {

    private final Set<String> names = new TreeSet<>();

    /** A setting of Spark. */
    public void set(String name, String value) {
        names.add(name);
        System.setProperty(name, value);
    }

    /** What a client of a store needs beyond Hadoop's defaults. */
    public void store(Configuration configuration) {
        Configuration defaults = new Configuration();
        for (Map.Entry<String, String> entry : configuration) {
            String value = configuration.getRaw(entry.getKey());
            if (!value.equals(defaults.getRaw(entry.getKey()))) {
                set("spark.hadoop." + entry.getKey(), value);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        names.forEach(System::clearProperty);
        names.clear();
    }
}
