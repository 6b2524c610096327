package io.stackel.algorithm;

import static io.stackel.math.Requirements.require;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Evaluates batches in this process, over contiguous ranges of chunks: the reference for every other engine. */
public final class LocalOracle implements GradientOracle {

    private final ChunkEvaluator.Source source;
    private final int ranges;
    private final Workers workers;

    /**
     * Cuts batches and starts the threads.
     *
     * @param source problem and policy
     * @param threads worker threads; 1 works on the caller's thread
     * @param ranges into how many ranges a batch is cut
     */
    public LocalOracle(ChunkEvaluator.Source source, int threads, int ranges) {
        require(ranges >= 1, "ranges must be at least 1, but was " + ranges);
        this.source = source;
        this.ranges = ranges;
        workers = new Workers(threads);
    }

    /** One thread, one range. */
    public static LocalOracle single(ChunkEvaluator.Source source) {
        return new LocalOracle(source, 1, 1);
    }

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        long[] boundaries = SumTree.cut(request.chunks(), ranges);
        List<Supplier<RangeSums>> parts = IntStream.range(0, boundaries.length - 1)
                .<Supplier<RangeSums>>mapToObj(
                        i -> () -> RangeSums.evaluate(source.open(request), request, boundaries[i], boundaries[i + 1]))
                .toList();
        try {
            List<RangeSums> sums = workers.all(parts);
            return RangeSums.merge(source, request, sums);
        } catch (ArithmeticException mistake) {
            // Of the problem's own code, as a division of whole numbers by zero: to be mended, and no divergence.
            throw new IllegalStateException(description + ": " + mistake.getMessage(), mistake);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
