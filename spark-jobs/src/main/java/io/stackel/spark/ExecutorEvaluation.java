package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.SumTree;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Evaluates batches on executors: a job each, of one stage, or of two where sums are long. */
final class ExecutorEvaluation {

    private final JavaSparkContext context;
    private final ChunkEvaluator.Source source;
    private final ProblemRecipe recipe;
    private final Broadcast<ProblemHolder> holder;
    private final OptionalLong batchSeconds;
    private final Transport transport;

    /**
     * Evaluates batches of one problem.
     *
     * @param batchSeconds after which a batch is given up; absent for never
     * @param transport how requests and sums travel
     */
    ExecutorEvaluation(
            JavaSparkContext context,
            ChunkEvaluator.Source source,
            ProblemRecipe recipe,
            Broadcast<ProblemHolder> holder,
            OptionalLong batchSeconds,
            Transport transport) {
        this.context = context;
        this.source = source;
        this.recipe = recipe;
        this.holder = holder;
        this.batchSeconds = batchSeconds;
        this.transport = transport;
    }

    /**
     * What the tasks return: a record for each, or one where executors have added them.
     *
     * @param batch its name, for people
     * @param group of jobs that is cancelled if the batch takes too long
     * @throws BatchRefusedException if Spark's driver would not accept the sums
     */
    List<TimedSums> evaluate(BatchRequest request, String batch, String group, int tasks) {
        ChunkRange[] ranges = ChunkRange.of(SumTree.cut(request.chunks(), tasks));
        long numbers = source.sumLength(request);
        ResultSize.require(context.getConf(), numbers);
        RequestParcel parcel = RequestParcel.pack(context, request, transport.inlineBytes());
        Homes homes = Homes.of(context.sc(), request);
        ChunkRangeRdd sums = new ChunkRangeRdd(context.sc(), ranges, homes, request.chunks(), parcel, recipe, holder);
        try (BatchDeadline deadline = new BatchDeadline(context.sc(), group, batchSeconds)) {
            return ResultSize.isSliced(context.getConf(), numbers, ranges.length, transport.slicedBytes())
                    ? inSlices(sums, request, batch, deadline)
                    : inRanges(sums, request, batch, deadline);
        } finally {
            if (!context.sc().isStopped()) {
                parcel.release();
            }
        }
    }

    private List<TimedSums> inRanges(ChunkRangeRdd sums, BatchRequest request, String batch, BatchDeadline deadline) {
        BatchJob job = new BatchJob(context.sc(), sums);
        try {
            return job.run();
        } catch (Exception failure) {
            if (deadline.passed()) {
                List<ChunkRange> unfinished = job.unfinished().stream()
                        .map(task -> sums.ranges()[task])
                        .toList();
                throw BatchFailedException.overdue(batch, unfinished, request, batchSeconds, failure);
            }
            throw failure;
        }
    }

    private List<TimedSums> inSlices(ChunkRangeRdd sums, BatchRequest request, String batch, BatchDeadline deadline) {
        int slices = Math.min(sums.getNumPartitions(), Slots.of(context).now());
        SlicedSums sliced = new SlicedSums(sums, request.chunks(), slices);
        try {
            return List.of(SlicedSums.whole(new BatchJob(context.sc(), sliced.slices()).run()));
        } catch (Exception failure) {
            if (deadline.passed()) {
                ChunkRange all = new ChunkRange(0, 0, request.chunks());
                throw BatchFailedException.overdue(batch, List.of(all), request, batchSeconds, failure);
            }
            throw failure;
        } finally {
            sliced.release();
        }
    }
}
