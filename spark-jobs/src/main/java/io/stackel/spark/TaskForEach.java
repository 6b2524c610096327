package io.stackel.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * One job with a task for each of many pieces of work: nothing cached, nothing shuffled, so executors may come and go. A task
 * that is lost is done again.
 */
public final class TaskForEach {

    private final JavaSparkContext context;
    private final String group;

    /** Works on one item on an executor, where it is sent; items and results are what Kryo knows. */
    @FunctionalInterface
    public interface Work<T, R> extends Serializable {

        /**
         * Works on an item; it does not throw for what the item can do wrong.
         *
         * @param stopRequested true once the job was cancelled
         */
        R on(T item, BooleanSupplier stopRequested);
    }

    /**
     * Prepares a job.
     *
     * @param group of Spark's jobs, by which it is cancelled
     */
    public TaskForEach(JavaSparkContext context, String group) {
        this.context = context;
        this.group = group;
    }

    /** Settings for such a job: a second copy of a slow task would only get into the way of the first. */
    public static SparkConf settings(SparkConf given) {
        return given.clone()
                .set("spark.speculation", "false")
                .set("spark.job.interruptOnCancel", "false")
                .setIfMissing("spark.task.maxFailures", "100");
    }

    /**
     * Works on items; returns when all have ended or the job was cancelled.
     *
     * @param description of the job, for Spark's pages
     * @param result the class of results
     * @param ended receives each item and its result, one at a time, in the order of their ends
     * @return why Spark ended the job before all items had ended, if it did
     */
    public <T, R> Optional<String> run(
            List<T> items, String description, Work<T, R> work, Class<R> result, BiConsumer<T, R> ended) {
        if (items.isEmpty()) {
            return Optional.empty();
        }
        SparkContext spark = context.sc();
        context.setJobGroup(group, description, false);
        Object[] tasks = IntStream.range(0, items.size()).boxed().toArray();
        try {
            spark.runJob(
                    context.parallelize(items, items.size()).rdd(),
                    onExecutor(work),
                    CollectionConverters.asScala(List.of(tasks)).toSeq(),
                    (task, end) -> {
                        ended.accept(items.get((Integer) task), end);
                        return BoxedUnit.UNIT;
                    },
                    ClassTag$.MODULE$.apply(result));
            return Optional.empty();
        } catch (Exception failure) {
            // Spark does not declare the checked exceptions that it throws.
            if (!(failure instanceof SparkException) && !spark.isStopped()) {
                throw failure;
            }
            return Optional.of(
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
        } finally {
            if (!spark.isStopped()) {
                context.clearJobGroup();
            }
        }
    }

    /** Asks the tasks in flight to stop. */
    public void cancel() {
        context.cancelJobGroup(group);
    }

    private static <T, R> Function2<TaskContext, Iterator<T>, R> onExecutor(Work<T, R> work) {
        return (Function2<TaskContext, Iterator<T>, R> & Serializable)
                (task, items) -> work.on(items.next(), task::isInterrupted);
    }
}
