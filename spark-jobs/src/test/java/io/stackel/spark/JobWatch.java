package io.stackel.spark;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** What Spark tells of its jobs and tasks. */
final class JobWatch extends SparkListener {

    final List<String> groups = new CopyOnWriteArrayList<>();
    final List<String> descriptions = new CopyOnWriteArrayList<>();
    final List<String> taskEnds = new CopyOnWriteArrayList<>();
    final CountDownLatch started;
    final CountDownLatch ended;

    private JobWatch(int tasks) {
        started = new CountDownLatch(tasks);
        ended = new CountDownLatch(tasks);
    }

    /** Watches a context from now on; the latches wait for {@code tasks} tasks. */
    static JobWatch of(SparkContext context, int tasks) {
        JobWatch watch = new JobWatch(tasks);
        context.addSparkListener(watch);
        return watch;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        groups.add(job.properties().getProperty("spark.jobGroup.id"));
        descriptions.add(job.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        started.countDown();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        taskEnds.add(task.reason().getClass().getSimpleName());
        ended.countDown();
    }
}
