package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Combination;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;

/**
 * The time of a batch by the number of its tasks, on clusters wider than this machine: trajectories nap, so that they need
 * time and no processor. The last line of a table is the number of tasks that a run chooses by itself.
 *
 * <p>Arguments: the master, as {@code local[64]} or {@code local-cluster[4,16,1024]}; {@code --numbers=100000} makes
 * each sum as long, which each task costs the driver; {@code --brief}.
 */
public final class PlacementBenchmark {

    private static final PrintStream OUT = System.out;
    private static final long CHUNKS = 256;

    private PlacementBenchmark() {}

    /** Prints a table for each amount of work. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        boolean brief = given.contains("--brief");
        int numbers = given.stream()
                .filter(each -> each.startsWith("--numbers="))
                .mapToInt(each -> Integer.parseInt(each.substring("--numbers=".length())))
                .findFirst()
                .orElse(1);
        String master = given.stream()
                .filter(each -> !each.startsWith("--"))
                .findFirst()
                .orElse("local[64]");
        SparkConf settings = new SparkConf();
        try (SparkEngine engine = SparkEngine.open(master, "PlacementBenchmark", settings)) {
            int slots = engine.context().defaultParallelism();
            for (double seconds : brief ? new double[] {0.5} : new double[] {0.5, 5, 50}) {
                table(engine, seconds, numbers, slots, brief ? 1 : 7);
            }
        }
    }

    private static void table(SparkEngine engine, double work, int numbers, int slots, int rounds) {
        OUT.printf(
                Locale.ROOT,
                "%n%.2f s of work in %d chunks, %s, %d slots%n%8s %10s%n",
                work,
                CHUNKS,
                engine.context().master(),
                slots,
                "tasks",
                "ms, median");
        long nanos = (long) (1e9 * work / CHUNKS);
        double best = Double.POSITIVE_INFINITY;
        for (int tasks = 1; tasks <= slots; tasks *= 2) {
            if (work / tasks > 3) {
                continue;
            }
            double taken = median(engine, nanos, numbers, OptionalInt.of(tasks), rounds, 3);
            best = Math.min(best, taken);
            OUT.printf(Locale.ROOT, "%8d %10.1f%n", tasks, taken);
        }
        double placed = median(engine, nanos, numbers, OptionalInt.empty(), rounds, 10);
        OUT.printf(Locale.ROOT, "%8s %10.1f   %.2f of the best%n", "placed", placed, placed / best);
    }

    private static double median(
            SparkEngine engine, long nanos, int numbers, OptionalInt tasks, int rounds, int warmUp) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(nanos)
                .putLong(numbers)
                .array();
        try (SparkOracle oracle = new SparkOracle(
                engine.context(), "benchmark", Recipe.INSTANCE, bytes, tasks, OptionalLong.empty())) {
            double[] taken = IntStream.range(-warmUp, rounds)
                    .mapToDouble(round -> {
                        long begun = System.nanoTime();
                        oracle.evaluate(request(numbers), "batch");
                        return (System.nanoTime() - begun) / 1e6;
                    })
                    .skip(warmUp)
                    .sorted()
                    .toArray();
            return taken[taken.length / 2];
        }
    }

    private static BatchRequest request(int numbers) {
        return new BatchRequest(
                1,
                0,
                0,
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[numbers]),
                List.of(Follower.plain(new double[2])),
                List.of(new ValueGradient(
                        new Units(Purpose.TRAINING, 0, CHUNKS),
                        0,
                        FollowerPair.alone(0),
                        Combination.upperObjective(),
                        Wanted.UPPER,
                        false)));
    }

    private enum Recipe implements ProblemRecipe {
        INSTANCE;

        @Override
        public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
            ByteBuffer numbers = ByteBuffer.wrap(bytes);
            return new ChunkEvaluator.Source(new NapProblem(numbers.getLong(), (int) numbers.getLong()), new TabularSoftmax(1, 2));
        }
    }
}
