package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.storage.BlockManagerId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which executor each task of data prefers. Chunks are blocks in ascending order, so a share of the chunks is about the same
 * share of the data set in every batch: the executors take these shares in the order of their numbers, each keeps its own in
 * memory, and the memory of the cluster adds up. A preference is none of the bits; a busy or lost executor is passed over after
 * {@code spark.locality.wait}.
 */
final class Homes {

    private final List<String> executors;

    private Homes(List<String> executors) {
        this.executors = executors;
    }

    /** Those of a batch; none for trajectories, which are at home everywhere. */
    static Homes of(SparkContext context, BatchRequest request) {
        boolean ofData = request.estimands().stream().allMatch(estimand -> estimand.trajectoriesPerUnit() == 0);
        if (!ofData || context.isLocal()) {
            return new Homes(List.of());
        }
        return new Homes(
                CollectionConverters.asJava(context.env()
                                .blockManager()
                                .master()
                                .getMemoryStatus()
                                .keySet())
                        .stream()
                        .filter(process -> !process.isDriver())
                        .sorted(Comparator.comparing((BlockManagerId process) ->
                                        process.executorId().length())
                                .thenComparing(BlockManagerId::executorId))
                        .map(process -> "executor_" + process.host() + "_" + process.executorId())
                        .toList());
    }

    /**
     * The executor that a task prefers, as Spark writes such a place; nothing where there is no choice.
     *
     * @param chunks of the whole batch
     */
    List<String> of(ChunkRange task, long chunks) {
        if (executors.size() < 2) {
            return List.of();
        }
        long middle = task.from() + (task.to() - task.from()) / 2;
        return List.of(executors.get((int) (middle * executors.size() / chunks)));
    }
}
