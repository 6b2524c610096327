package io.stackel.spark;

import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree.Node;
import io.stackel.estimate.TransitionCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ContextCleaner;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Option;
import scala.Product2;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Long sums, added by executors: a second stage has a task for each slice of the coordinates, which adds the slices of all
 * nodes in the order of the tree. So the driver receives each coordinate once, whatever the number of tasks, and the bits are
 * those of a driver that adds everything.
 */
final class SlicedSums {

    private final RDD<TimedSums> slices;
    private final ShuffledRDD<Object, byte[], byte[]> shuffled;

    /**
     * Plans the second stage.
     *
     * @param ranges a record for each task of the first stage
     * @param chunks of the whole batch
     * @param count of slices
     */
    SlicedSums(RDD<TimedSums> ranges, long chunks, int count) {
        shuffled = new ShuffledRDD<>(
                new Cut(ranges, count),
                new HashPartitioner(count),
                ClassTag$.MODULE$.apply(Integer.class),
                ClassTag$.MODULE$.apply(byte[].class),
                ClassTag$.MODULE$.apply(byte[].class));
        slices = new Added(shuffled, chunks);
    }

    /** A record for each slice: the root of the tree there; the first one has the counters and counts of all tasks, too. */
    RDD<TimedSums> slices() {
        return slices;
    }

    /** The sums of the batch from those of all slices, in their order. */
    static TimedSums whole(List<TimedSums> slices) {
        TimedSums first = slices.get(0);
        List<double[]> parts =
                slices.stream().map(slice -> slice.sums().nodes().get(0).sum()).toList();
        double[] sum = new double[parts.stream().mapToInt(part -> part.length).sum()];
        int offset = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, sum, offset, part.length);
            offset += part.length;
        }
        Node root = first.sums().nodes().get(0);
        return new TimedSums(
                new RangeSums(
                        List.of(new Node(root.level(), root.index(), sum)),
                        first.sums().counters(),
                        first.sums().counts()),
                first.openNanos(),
                first.workNanos());
    }

    /** Removes what the first stage has left on the executors' disks, which Spark would keep until it collects garbage. */
    void release() {
        Option<ContextCleaner> cleaner = shuffled.context().cleaner();
        if (cleaner.isDefined() && !shuffled.context().isStopped()) {
            int shuffle = ((ShuffleDependency<?, ?, ?>) shuffled.dependencies().head()).shuffleId();
            cleaner.get().doCleanupShuffle(shuffle, false);
        }
    }

    /** Cuts the record of each task into slices. */
    private static final class Cut extends RDD<Product2<Object, byte[]>> {

        private static final long serialVersionUID = 1L;

        private final RDD<TimedSums> ranges;
        private final int count;

        Cut(RDD<TimedSums> ranges, int count) {
            super(ranges, ClassTag$.MODULE$.apply(Product2.class));
            this.ranges = ranges;
            this.count = count;
        }

        @Override
        public Partition[] getPartitions() {
            return ranges.partitions();
        }

        @Override
        public Iterator<Product2<Object, byte[]>> compute(Partition partition, TaskContext context) {
            TimedSums task = ranges.iterator(partition, context).next();
            return CollectionConverters.asScala(IntStream.range(0, count)
                    .<Product2<Object, byte[]>>mapToObj(
                            slice -> new Tuple2<>(slice, RangeRecord.encode(slice(task, slice))))
                    .iterator());
        }

        private TimedSums slice(TimedSums task, int slice) {
            RangeSums sums = task.sums();
            List<Node> nodes = sums.nodes().stream()
                    .map(node -> new Node(node.level(), node.index(), part(node.sum(), slice)))
                    .toList();
            RangeSums part = slice == 0
                    ? new RangeSums(nodes, sums.counters(), sums.counts())
                    : new RangeSums(nodes, new long[0], TransitionCounts.Sorted.NONE);
            return new TimedSums(part, task.openNanos(), task.workNanos());
        }

        private double[] part(double[] sum, int slice) {
            int from = (int) ((long) sum.length * slice / count);
            int to = (int) ((long) sum.length * (slice + 1) / count);
            return Arrays.copyOfRange(sum, from, to);
        }
    }

    /** Adds one slice of all tasks. */
    private static final class Added extends RDD<TimedSums> {

        private static final long serialVersionUID = 1L;

        private final RDD<Tuple2<Object, byte[]>> shuffled;
        private final long chunks;

        Added(RDD<Tuple2<Object, byte[]>> shuffled, long chunks) {
            super(shuffled, ClassTag$.MODULE$.apply(TimedSums.class));
            this.shuffled = shuffled;
            this.chunks = chunks;
        }

        @Override
        public Partition[] getPartitions() {
            return shuffled.partitions();
        }

        @Override
        public Iterator<TimedSums> compute(Partition partition, TaskContext context) {
            List<TimedSums> parts = new ArrayList<>();
            Iterator<Tuple2<Object, byte[]>> records = shuffled.iterator(partition, context);
            while (records.hasNext()) {
                parts.add(RangeRecord.decode(records.next()._2()));
            }
            // Spark brings them in any order.
            parts.sort(Comparator.comparingLong(SlicedSums::firstChunk));
            return Iterator$.MODULE$.single(TimedSums.join(chunks, parts));
        }
    }

    private static long firstChunk(TimedSums part) {
        Node node = part.sums().nodes().get(0);
        return node.index() << node.level();
    }
}
