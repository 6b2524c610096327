package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Evaluates batches in this process, over contiguous ranges of chunks: the reference for every other engine. */
public final class LocalOracle implements GradientOracle {

    private final ChunkEvaluator.Source source;
    private final int threads;
    private final int ranges;
    private final List<ExecutorService> pool;

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
        this.threads = threads;
        this.ranges = ranges;
        pool = threads == 1 ? List.of() : List.of(Executors.newFixedThreadPool(threads, LocalOracle::daemon));
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
        try {
            List<RangeSums> sums = pool.isEmpty() ? serial(request, boundaries) : parallel(request, boundaries);
            return RangeSums.merge(source, request, sums);
        } catch (ArithmeticException mistake) {
            // Of the problem's own code, as a division of whole numbers by zero: to be mended, and no divergence.
            throw new IllegalStateException(description + ": " + mistake.getMessage(), mistake);
        }
    }

    private List<RangeSums> serial(BatchRequest request, long[] boundaries) {
        List<RangeSums> sums = new ArrayList<>();
        ChunkEvaluator evaluator = source.open(request);
        for (int i = 0; i + 1 < boundaries.length; i++) {
            sums.add(RangeSums.evaluate(evaluator, request, boundaries[i], boundaries[i + 1]));
        }
        return sums;
    }

    private List<RangeSums> parallel(BatchRequest request, long[] boundaries) {
        List<Future<RangeSums>> futures = new ArrayList<>();
        for (int i = 0; i + 1 < boundaries.length; i++) {
            long from = boundaries[i];
            long to = boundaries[i + 1];
            futures.add(pool.get(0).submit(() -> RangeSums.evaluate(source.open(request), request, from, to)));
        }
        List<RangeSums> sums = new ArrayList<>();
        for (Future<RangeSums> future : futures) {
            sums.add(await(future));
        }
        return sums;
    }

    private static RangeSums await(Future<RangeSums> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a batch failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** The number of worker threads. */
    public int threads() {
        return threads;
    }

    @Override
    public void close() {
        pool.forEach(ExecutorService::shutdownNow);
    }
}
