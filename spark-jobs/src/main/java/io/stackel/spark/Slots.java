package io.stackel.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How many tasks a cluster can run at once.
 *
 * @param now with the executors that are there
 * @param most with those that dynamic allocation may start besides; {@code now} without it
 * @param ofExecutor of one executor
 */
record Slots(int now, int most, int ofExecutor) {

    private static final String ALLOCATION = "spark.dynamicAllocation.";

    /** The slots of the cluster at this moment. */
    static Slots of(JavaSparkContext context) {
        SparkConf settings = context.getConf();
        int cores = settings.getInt("spark.task.cpus", 1);
        int now = Math.max(1, context.defaultParallelism() / cores);
        if (context.sc().isLocal() || !settings.getBoolean(ALLOCATION + "enabled", false)) {
            return new Slots(now, now, now);
        }
        // The driver counts among those that have memory for blocks.
        int executors = Math.max(1, context.sc().getExecutorMemoryStatus().size() - 1);
        int ofExecutor = Math.max(1, settings.getInt("spark.executor.cores", now * cores / executors) / cores);
        long most = (long) ofExecutor * settings.getInt(ALLOCATION + "maxExecutors", Integer.MAX_VALUE);
        // Spark's own number is never less than two, which hides that an executor of one core is alone.
        now = executors * ofExecutor;
        return new Slots(now, (int) Math.max(now, Math.min(Integer.MAX_VALUE, most)), ofExecutor);
    }

    /** Executors that are missing for {@code tasks} at once. */
    int missing(int tasks) {
        return Math.max(0, (Math.min(tasks, most) - now + ofExecutor - 1) / ofExecutor);
    }
}
