package io.stackel.spark;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** Gives a batch up that takes longer than the user allows: a trajectory may never end. */
final class BatchDeadline implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stackel-deadline");
        thread.setDaemon(true);
        return thread;
    });
    private final OptionalLong seconds;
    private final Optional<ScheduledFuture<?>> end;
    private volatile boolean passed;

    /**
     * Starts the clock.
     *
     * @param seconds until the jobs of the group are cancelled; absent for as long as they take
     */
    BatchDeadline(SparkContext context, String group, OptionalLong seconds) {
        this.seconds = seconds;
        Runnable giveUp = () -> {
            passed = true;
            context.cancelJobGroup(group);
        };
        end = seconds.isPresent()
                ? Optional.of(clock.schedule(giveUp, seconds.getAsLong(), TimeUnit.SECONDS))
                : Optional.empty();
    }

    /** Whether the batch was given up. */
    boolean passed() {
        return passed;
    }

    /** For people: what was waited for. */
    @Override
    public String toString() {
        return "not finished within the " + seconds.orElse(0) + " s of --batch-seconds";
    }

    @Override
    public void close() {
        end.ifPresent(pending -> pending.cancel(false));
        clock.shutdownNow();
    }
}
