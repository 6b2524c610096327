package io.stackel.spark;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The sums of one batch, one record a task; computed where Spark likes, as often as it likes. */
final class ChunkRangeRdd extends RDD<TimedSums> {

    private static final long serialVersionUID = 1L;

    private final RequestParcel parcel;
    private final ProblemRecipe recipe;
    private final Broadcast<ProblemHolder> holder;
    private final transient ChunkRange[] ranges;
    private final transient Homes homes;
    private final transient long chunks;

    /**
     * Evaluates one batch, a range of chunks in each partition.
     *
     * @param ranges the chunks of each task
     * @param homes which executors they prefer
     * @param chunks of the batch
     */
    ChunkRangeRdd(
            SparkContext context,
            ChunkRange[] ranges,
            Homes homes,
            long chunks,
            RequestParcel parcel,
            ProblemRecipe recipe,
            Broadcast<ProblemHolder> holder) {
        super(
                context,
                CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
                ClassTag$.MODULE$.apply(TimedSums.class));
        this.parcel = parcel;
        this.recipe = recipe;
        this.holder = holder;
        this.ranges = ranges.clone();
        this.homes = homes;
        this.chunks = chunks;
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
    public Seq<String> getPreferredLocations(Partition partition) {
        return CollectionConverters.asScala(homes.of((ChunkRange) partition, chunks))
                .toSeq();
    }

    @Override
    public Iterator<TimedSums> compute(Partition partition, TaskContext context) {
        RangeTask task = new RangeTask(holder.value().source(recipe), parcel.open());
        int threads = context.cpus();
        return Iterator$.MODULE$.single(
                task.evaluate((ChunkRange) partition, holder.value().workers(threads), threads));
    }
}
