package io.stackel.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/** Shows how a run stands among Spark's own metrics; named by {@code spark.plugins}. */
public final class StackelPlugin implements SparkPlugin {

    /** What the driver publishes. */
    @Override
    public DriverPlugin driverPlugin() {
        return new RunMetrics();
    }

    /** Executors publish what Spark measures of every task. */
    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {};
    }
}
