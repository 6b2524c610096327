package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.UnitSearch;
import io.stackel.store.StorageException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The sums of one batch, one record a task; computed where Spark likes, as often as it likes. */
final class ChunkRangeRdd extends RDD<RangeSums> {

    private static final long serialVersionUID = 1L;

    private final RequestParcel parcel;
    private final ProblemRecipe recipe;
    private final Broadcast<ProblemHolder> holder;
    private final transient ChunkRange[] ranges;

    /**
     * Evaluates one batch, a range of chunks in each partition.
     *
     * @param ranges the chunks of each task
     */
    ChunkRangeRdd(
            SparkContext context,
            ChunkRange[] ranges,
            RequestParcel parcel,
            ProblemRecipe recipe,
            Broadcast<ProblemHolder> holder) {
        super(
                context,
                CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
                ClassTag$.MODULE$.apply(RangeSums.class));
        this.parcel = parcel;
        this.recipe = recipe;
        this.holder = holder;
        this.ranges = ranges.clone();
    }

    /** The chunks of each task; the driver's side. */
    ChunkRange[] ranges() {
        return ranges.clone();
    }

    @Override
    public Partition[] getPartitions() {
        return ranges();
    }

    @Override
    public Iterator<RangeSums> compute(Partition partition, TaskContext context) {
        ChunkRange range = (ChunkRange) partition;
        BatchRequest request = parcel.open();
        ChunkEvaluator.Source source = holder.value().source(recipe);
        try {
            ChunkEvaluator evaluator = source.open(request);
            return Iterator$.MODULE$.single(RangeSums.evaluate(evaluator, request, range.from(), range.to()));
        } catch (StorageException failure) {
            throw failure;
        } catch (Throwable failure) {
            // Errors too: those that Spark counts as fatal end the whole process, which then gives no reason.
            throw new RangeFailedException(range, request.chunks(), failure, unit(failure, source, request, range));
        }
    }

    /** The unit that fails when it is evaluated alone; where memory is short it is not looked for. */
    private static Optional<UnitSearch.Unit> unit(
            Throwable failure, ChunkEvaluator.Source source, BatchRequest request, ChunkRange range) {
        if (failure instanceof OutOfMemoryError) {
            return Optional.empty();
        }
        return UnitSearch.find(source, request, range.from(), range.to(), each -> {})
                .map(UnitSearch.Failed::unit);
    }
}
