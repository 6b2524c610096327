package io.stackel.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * A run's figures in the driver's registry of metrics, from which Spark's sinks take them.
 *
 * <ul>
 *   <li>gauges: every figure of a row of metrics or of a step by its name, as {@code upperObjective}, {@code lowerGap},
 *       {@code gradientNorm}, {@code gradientStandardError}, {@code iteration}; there from its first value on
 *   <li>meter {@code samples}: samples of training since the first batch of this driver, in all and a second
 *   <li>timer {@code batch}: how long Spark's job of a batch took, in nanoseconds
 *   <li>counters {@code retries} and {@code secondCopies}: tasks that were started again, or twice by speculation
 * </ul>
 */
final class RunMetrics extends SparkListener implements DriverPlugin {

    private final Map<String, Double> figures = new ConcurrentHashMap<>();
    private final Map<Integer, Long> started = new HashMap<>();
    private final Meter samples = new Meter();
    private final Timer batch = new Timer();
    private final Counter retries = new Counter();
    private final Counter secondCopies = new Counter();
    private MetricRegistry registry = new MetricRegistry();
    private OptionalLong counted = OptionalLong.empty();

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
        registry = plugin.metricRegistry();
        context.addSparkListener(this);
        return Map.of();
    }

    @Override
    public void registerMetrics(String application, PluginContext plugin) {
        registry.register("samples", samples);
        registry.register("batch", batch);
        registry.register("retries", retries);
        registry.register("secondCopies", secondCopies);
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        started.put(job.jobId(), job.time());
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
        Long start = started.remove(job.jobId());
        if (start != null) {
            batch.update(job.time() - start, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        if (task.taskInfo().speculative()) {
            secondCopies.inc();
        } else if (task.taskInfo().attemptNumber() > 0) {
            retries.inc();
        }
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof RunFigures run) {
            samples.mark(run.samples() - counted.orElse(run.samples()));
            counted = OptionalLong.of(run.samples());
            run.figures().forEach(this::show);
        }
    }

    /** A listener is called by one thread at a time; sinks read by threads of their own. */
    private void show(String name, double value) {
        boolean first = figures.put(name, value) == null;
        if (first && !registry.getNames().contains(name)) {
            registry.register(name, (Gauge<Double>) () -> figures.get(name));
        }
    }
}
