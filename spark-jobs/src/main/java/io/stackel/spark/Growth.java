package io.stackel.spark;

import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Asks for executors where batches are worth more of them than there are and dynamic allocation may start some. Spark itself
 * starts one only after tasks have waited for a second, which those of small batches never do, however many come.
 */
final class Growth {

    /** After which executors that have not come, or have gone, are asked for again. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(20);

    private final JavaSparkContext context;
    private int asked;
    private long askedAt;

    Growth(JavaSparkContext context) {
        this.context = context;
    }

    /** Asks for what {@code tasks} at once miss. */
    void askFor(int tasks, Slots slots) {
        int missing = slots.missing(tasks);
        if (missing > 0 && (tasks > asked || System.nanoTime() - askedAt > AGAIN)) {
            asked = tasks;
            askedAt = System.nanoTime();
            context.sc().requestExecutors(missing);
        }
    }
}
