package io.stackel.spark;

import io.stackel.algorithm.Workers;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Evaluates on the driver what is too small for a job; on threads of its own, so that a batch that never ends can be left. */
final class DriverEvaluation implements AutoCloseable {

    private final ChunkEvaluator.Source source;
    private final int width;
    private final long seconds;
    private final Workers workers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "stackel-driver");
        daemon.setDaemon(true);
        return daemon;
    });

    /**
     * Evaluates batches of one problem.
     *
     * @param width cores of the driver
     * @param seconds after which a batch is given up; absent for never
     */
    DriverEvaluation(ChunkEvaluator.Source source, int width, OptionalLong seconds) {
        this.source = source;
        this.width = width;
        this.seconds = seconds.orElse(Long.MAX_VALUE);
        workers = new Workers(width);
    }

    /**
     * The sums of the first chunks of a batch.
     *
     * @throws TimeoutException if they take longer than allowed
     * @throws CancellationException if this is closed or the calling thread is interrupted
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    TimedSums evaluate(BatchRequest request, ChunkRange range) throws InterruptedException, TimeoutException {
        RangeTask task = new RangeTask(source, request);
        Future<TimedSums> sums = thread.submit(() -> task.evaluate(range, workers, width));
        try {
            return sums.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            sums.cancel(true);
        }
    }

    /** Interrupts what is at work. */
    @Override
    public void close() {
        thread.shutdownNow();
        workers.close();
    }
}
