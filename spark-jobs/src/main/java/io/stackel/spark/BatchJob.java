package io.stackel.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs the tasks of a batch.
 *
 * <p>Two named classes stand where lambdas would do: before every job Spark's {@code ClosureCleaner} reads the byte code
 * of the class that holds a lambda, which for {@code collect} and {@code count} is {@code RDD} and takes longer than the
 * rest of a small job. {@code SparkRoundBenchmark} shows the difference.
 */
final class BatchJob {

    private final SparkContext context;
    private final RDD<TimedSums> batch;
    private final Records records;

    /**
     * Prepares a job.
     *
     * @param batch one record a partition
     */
    BatchJob(SparkContext context, RDD<TimedSums> batch) {
        this.context = context;
        this.batch = batch;
        records = new Records(batch.getNumPartitions());
    }

    /** The records of all tasks, in the order of the tasks. */
    List<TimedSums> run() {
        int length = records.byTask.length;
        Object[] tasks = IntStream.range(0, length).boxed().toArray();
        Seq<Object> indices = CollectionConverters.asScala(Arrays.asList(tasks)).toSeq();
        context.runJob(batch, new OnlyRecord(), indices, records, ClassTag$.MODULE$.apply(byte[].class));
        return List.of(records.byTask);
    }

    /** The tasks whose records have not come; after the end of a job that failed. */
    List<Integer> unfinished() {
        return IntStream.range(0, records.byTask.length)
                .filter(task -> records.byTask[task] == null)
                .boxed()
                .toList();
    }

    /** Runs on the executor. */
    private static final class OnlyRecord extends AbstractFunction2<TaskContext, Iterator<TimedSums>, byte[]>
            implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] apply(TaskContext context, Iterator<TimedSums> records) {
            return RangeRecord.encode(records.next());
        }
    }

    /** Runs on the driver, on one of Spark's threads; the end of the job makes the array visible to its caller. */
    private static final class Records extends AbstractFunction2<Object, byte[], BoxedUnit> {

        private final TimedSums[] byTask;

        Records(int tasks) {
            byTask = new TimedSums[tasks];
        }

        @Override
        public BoxedUnit apply(Object task, byte[] record) {
            byTask[(Integer) task] = RangeRecord.decode(record);
            return BoxedUnit.UNIT;
        }
    }
}
