package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.SumTree;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * What a batch returns to the driver, against what Spark lets pass: each task returns its nodes of the sum tree, each of
 * them all sums of all roles, 8 bytes a number. Known before the job, so that it need not fail after its work.
 */
final class ResultSize {

    private static final String SETTING = "spark.driver.maxResultSize";
    private static final int MOST_NODES = 4;
    private static final long MEBIBYTE = 1 << 20;

    private ResultSize() {}

    /**
     * Returns if the driver accepts what the tasks of a batch return.
     *
     * @throws BatchRefusedException with the number and the setting to raise, if not
     */
    static void require(SparkConf settings, ChunkEvaluator.Source source, BatchRequest request, ChunkRange[] tasks) {
        long accepted = settings.getSizeAsBytes(SETTING, "1g");
        long node = 8L * source.sumLength(request);
        if (accepted == 0 || node * MOST_NODES * tasks.length <= accepted) {
            return;
        }
        long nodes = 0;
        for (ChunkRange task : tasks) {
            nodes += nodes(task, request.chunks());
        }
        if (node * nodes > accepted) {
            throw new BatchRefusedException(String.format(
                    Locale.ROOT,
                    "the %d tasks of a batch return %d MiB of sums (%d nodes of %d numbers), more than %s=%s lets pass;"
                            + " raise it with --conf %s=%dm, or cut batches into fewer tasks with --partitions",
                    tasks.length,
                    node * nodes / MEBIBYTE,
                    nodes,
                    node / 8,
                    SETTING,
                    settings.get(SETTING, "1g"),
                    SETTING,
                    2 * node * nodes / MEBIBYTE));
        }
    }

    private static int nodes(ChunkRange task, long chunks) {
        SumTree tree = new SumTree(chunks);
        for (long chunk = task.from(); chunk < task.to(); chunk++) {
            tree.push(chunk, new double[0]);
        }
        return tree.nodes().size();
    }
}
