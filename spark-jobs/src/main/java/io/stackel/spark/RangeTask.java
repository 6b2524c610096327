package io.stackel.spark;

import io.stackel.algorithm.Workers;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import io.stackel.estimate.UnitSearch;
import io.stackel.store.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The work of a task: the sums of a range of chunks, and how long that took. The same code works on an executor and, where a
 * batch is too small for a job, on the driver.
 */
final class RangeTask {

    private final ChunkEvaluator.Source source;
    private final BatchRequest request;

    RangeTask(ChunkEvaluator.Source source, BatchRequest request) {
        this.source = source;
        this.request = request;
    }

    /**
     * Evaluates a range.
     *
     * @param workers that share it
     * @param threads how many of them
     * @throws StorageException if a data set cannot be read
     * @throws RangeFailedException for what else fails
     */
    TimedSums evaluate(ChunkRange range, Workers workers, int threads) {
        try {
            long[] cut = SumTree.cut(range.to() - range.from(), threads);
            List<Supplier<TimedSums>> parts = IntStream.range(0, cut.length - 1)
                    .<Supplier<TimedSums>>mapToObj(i -> () -> timed(range.from() + cut[i], range.from() + cut[i + 1]))
                    .toList();
            return TimedSums.join(request.chunks(), workers.all(parts));
        } catch (StorageException failure) {
            throw failure;
        } catch (Throwable failure) {
            // Errors too: those that Spark counts as fatal end the whole process, which then gives no reason.
            throw new RangeFailedException(range, request.chunks(), failure, unit(failure, range));
        }
    }

    private TimedSums timed(long from, long to) {
        long begun = System.nanoTime();
        ChunkEvaluator evaluator = source.open(request);
        long opened = System.nanoTime();
        RangeSums sums = RangeSums.evaluate(evaluator, request, from, to);
        return new TimedSums(sums, opened - begun, System.nanoTime() - opened);
    }

    /** The unit that fails when it is evaluated alone; where memory is short it is not looked for. */
    private Optional<UnitSearch.Unit> unit(Throwable failure, ChunkRange range) {
        if (failure instanceof OutOfMemoryError) {
            return Optional.empty();
        }
        return UnitSearch.find(source, request, range.from(), range.to(), each -> {})
                .map(UnitSearch.Failed::unit);
    }
}
