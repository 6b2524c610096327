package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Evaluates batches in this process, over contiguous ranges of chunks: the reference for every other engine. */
public final class LocalOracle implements GradientOracle {

    private final ChunkEvaluator.Source source;
    private final int ranges;
    private final Optional<ExecutorService> pool;
    private final Executor workers;

    /**
     * Cuts batches and starts the threads.
     *
     * @param source problem and policy
     * @param threads worker threads; 1 works on the caller's thread
     * @param ranges into how many ranges a batch is cut
     */
    public LocalOracle(ChunkEvaluator.Source source, int threads, int ranges) {
        if (threads < 1 || ranges < 1) {
            throw new IllegalArgumentException(
                    "threads and ranges must be at least 1, but were " + threads + " and " + ranges);
        }
        this.source = source;
        this.ranges = ranges;
        pool = threads == 1
                ? Optional.empty()
                : Optional.of(Executors.newFixedThreadPool(threads, LocalOracle::daemon));
        workers = pool.<Executor>map(executor -> executor).orElse(Runnable::run);
    }

    /** One thread, one range. */
    public static LocalOracle single(ChunkEvaluator.Source source) {
        return new LocalOracle(source, 1, 1);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stackel-local");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        long[] boundaries = SumTree.cut(request.chunks(), ranges);
        List<CompletableFuture<RangeSums>> parts = IntStream.range(0, boundaries.length - 1)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> RangeSums.evaluate(source.open(request), request, boundaries[i], boundaries[i + 1]),
                        workers))
                .toList();
        try {
            List<RangeSums> sums = parts.stream().map(LocalOracle::await).toList();
            return RangeSums.merge(source, request, sums);
        } catch (ArithmeticException mistake) {
            // Of the problem's own code, as a division of whole numbers by zero: to be mended, and no divergence.
            throw new IllegalStateException(description + ": " + mistake.getMessage(), mistake);
        }
    }

    private static RangeSums await(CompletableFuture<RangeSums> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for a batch").initCause(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("a batch failed: " + failed.getCause(), failed.getCause());
        }
    }

    @Override
    public void close() {
        pool.ifPresent(ExecutorService::shutdownNow);
    }
}
