package io.stackel.spark;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Long sums: the time of a batch and the bytes that reach the driver, added by the driver and by executors in turn.
 *
 * <p>Arguments: the master, then pairs of numbers of a sum and of tasks, as {@code local[2] 1000000x16 1000000x128}.
 */
public final class LongSumsBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int ROUNDS = 3;

    private LongSumsBenchmark() {}

    /** Prints a line for each pair of sizes. */
    public static void main(String[] arguments) throws Exception {
        SparkConf settings = new SparkConf().set("spark.driver.maxResultSize", "0");
        try (SparkEngine engine = SparkEngine.open(arguments[0], "LongSumsBenchmark", settings)) {
            AtomicLong received = new AtomicLong();
            engine.context().sc().addSparkListener(new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd task) {
                    received.addAndGet(task.taskMetrics().resultSize());
                }
            });
            OUT.printf("%12s %6s %14s %10s %14s%n", "numbers", "tasks", "added by", "s, least", "MB to driver");
            for (String pair : Arrays.copyOfRange(arguments, 1, arguments.length)) {
                int[] sizes =
                        Arrays.stream(pair.split("x")).mapToInt(Integer::parseInt).toArray();
                measure(engine, sizes[0], sizes[1], received);
            }
        }
    }

    private static void measure(SparkEngine engine, int numbers, int tasks, AtomicLong received) throws Exception {
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        long[] bytes = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            for (int way = 0; way < 2; way++) {
                Transport transport = new Transport(512 << 10, way == 0 ? Long.MAX_VALUE : 0);
                try (SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "benchmark",
                        NapRecipe.INSTANCE,
                        NapRecipe.bytes(1, numbers),
                        OptionalInt.of(tasks),
                        OptionalLong.empty(),
                        transport)) {
                    received.set(0);
                    long begun = System.nanoTime();
                    oracle.evaluate(NapRecipe.request(numbers, tasks), "batch");
                    least[way] = Math.min(least[way], (System.nanoTime() - begun) / 1e9);
                    engine.context().sc().listenerBus().waitUntilEmpty();
                    bytes[way] = received.get();
                }
            }
        }
        for (int way = 0; way < 2; way++) {
            String who = way == 0 ? "the driver" : "executors";
            OUT.printf(
                    Locale.ROOT, "%12d %6d %14s %10.2f %14.1f%n", numbers, tasks, who, least[way], bytes[way] / 1e6);
        }
    }
}
