package io.stackel.spark;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** Gives a batch up that takes longer than the user allows: a trajectory may never end. */
final class BatchDeadline implements AutoCloseable {

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Starts the clock.
     *
     * @param seconds until the jobs of the group are cancelled; absent for as long as they take
     */
    BatchDeadline(SparkContext context, String group, OptionalLong seconds) {
        if (seconds.isPresent()) {
            CompletableFuture<Void> unused = ended.orTimeout(seconds.getAsLong(), TimeUnit.SECONDS)
                    .exceptionally(late -> {
                        context.cancelJobGroup(group);
                        return null;
                    });
        }
    }

    /** Whether the batch was given up. */
    boolean passed() {
        return ended.isCompletedExceptionally();
    }

    @Override
    public void close() {
        ended.complete(null);
    }
}
