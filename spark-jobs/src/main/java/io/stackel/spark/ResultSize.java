package io.stackel.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * What a batch returns to the driver. Each task returns up to four nodes of the tree of sums, each of them all sums of all
 * roles; where that is much, executors add them slice by slice, and the driver receives one sum.
 */
final class ResultSize {

    private static final String SETTING = "spark.driver.maxResultSize";

    /** Nodes of a task, usually. */
    private static final int NODES = 2;

    private static final int MOST_NODES = 4;
    private static final long MEBIBYTE = 1 << 20;

    private ResultSize() {}

    /**
     * Whether executors add the sums of the tasks.
     *
     * @param numbers of the sums of a chunk
     * @param slicedBytes from which on that takes less time
     */
    static boolean isSliced(SparkConf settings, long numbers, int tasks, long slicedBytes) {
        long accepted = accepted(settings);
        long ofTasks = Double.BYTES * numbers * tasks;
        return tasks > 1 && (NODES * ofTasks >= slicedBytes || MOST_NODES * ofTasks > accepted);
    }

    /**
     * Returns if the driver accepts the sums of a batch; known before the job, so that it need not fail after its work.
     *
     * @param numbers of the sums
     * @throws BatchRefusedException with the number and the setting to raise, if not
     */
    static void require(SparkConf settings, long numbers) {
        long bytes = Double.BYTES * numbers;
        if (bytes > accepted(settings)) {
            throw new BatchRefusedException(String.format(
                    Locale.ROOT,
                    "the sums of a batch are %d MiB (%d numbers), more than %s=%s lets pass; raise it with --conf %s=%dm",
                    bytes / MEBIBYTE,
                    numbers,
                    SETTING,
                    settings.get(SETTING, "1g"),
                    SETTING,
                    2 * bytes / MEBIBYTE + 1));
        }
    }

    /** The most bytes that Spark's driver accepts from a job. */
    private static long accepted(SparkConf settings) {
        long accepted = settings.getSizeAsBytes(SETTING, "1g");
        return accepted == 0 ? Long.MAX_VALUE : accepted;
    }
}
