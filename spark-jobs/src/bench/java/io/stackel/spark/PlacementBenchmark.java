package io.stackel.spark;

import java.io.PrintStream;
import java.util.ArrayList;
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

    /** Work of a batch in seconds of one core, by workload: what deploy/SCALING.md says of each. */
    private static final double[] WORKLOADS = {0.004, 0.056, 7.7, 600};

    /** A batch that took so long. */
    private record Taken(double work, int tasks, double seconds) {}

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
            List<Taken> taken = new ArrayList<>();
            for (double seconds : brief ? new double[] {0.5} : new double[] {0.5, 5, 50}) {
                table(engine, seconds, numbers, slots, brief ? 1 : 7, taken);
            }
            fit(taken);
        }
    }

    /** The costs J of a job and c of a task by which J + P c + W / P is nearest to what was taken, in relative terms. */
    private static void fit(List<Taken> taken) {
        double jobs = 0;
        double both = 0;
        double tasks = 0;
        double ofJob = 0;
        double ofTask = 0;
        for (Taken each : taken) {
            double weight = 1 / (each.seconds * each.seconds);
            double cost = each.seconds - each.work / each.tasks;
            jobs += weight;
            both += weight * each.tasks;
            tasks += weight * each.tasks * each.tasks;
            ofJob += weight * cost;
            ofTask += weight * each.tasks * cost;
        }
        double determinant = jobs * tasks - both * both;
        double job = Math.max(0, (ofJob * tasks - ofTask * both) / determinant);
        double task = Math.max(1e-6, (ofTask * jobs - ofJob * both) / determinant);
        double[] errors = taken.stream()
                .mapToDouble(each -> Math.abs(job + each.tasks * task + each.work / each.tasks - each.seconds)
                        / each.seconds)
                .sorted()
                .toArray();
        OUT.printf(
                Locale.ROOT,
                "%nJ %.1f ms, c %.2f ms; relative error of %d batches: median %.2f, largest %.2f%n%n%10s",
                1e3 * job,
                1e3 * task,
                errors.length,
                errors[errors.length / 2],
                errors[errors.length - 1],
                "cores");
        for (double work : WORKLOADS) {
            OUT.printf(Locale.ROOT, "  W %8.3f s: P, ms", work);
        }
        for (int cores : new int[] {10, 100, 1_000, 10_000}) {
            OUT.printf("%n%10d", cores);
            for (double work : WORKLOADS) {
                long best = Math.max(1, Math.min(cores, Math.round(Math.sqrt(work / task))));
                double seconds = work <= job + task ? work : job + best * task + work / best;
                OUT.printf(Locale.ROOT, "%12d %10.1f", work <= job + task ? 0 : best, 1e3 * seconds);
            }
        }
        OUT.println();
    }

    private static void table(SparkEngine engine, double work, int numbers, int slots, int rounds, List<Taken> all) {
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
            all.add(new Taken(work, tasks, taken / 1e3));
            OUT.printf(Locale.ROOT, "%8d %10.1f%n", tasks, taken);
        }
        double placed = median(engine, nanos, numbers, OptionalInt.empty(), rounds, 10);
        OUT.printf(Locale.ROOT, "%8s %10.1f   %.2f of the best%n", "placed", placed, placed / best);
    }

    private static double median(
            SparkEngine engine, long nanos, int numbers, OptionalInt tasks, int rounds, int warmUp) {
        byte[] bytes = NapRecipe.bytes(nanos, numbers);
        try (SparkOracle oracle = new SparkOracle(
                engine.context(), "benchmark", NapRecipe.INSTANCE, bytes, tasks, OptionalLong.empty())) {
            double[] taken = IntStream.range(-warmUp, rounds)
                    .mapToDouble(round -> {
                        long begun = System.nanoTime();
                        oracle.evaluate(NapRecipe.request(numbers, CHUNKS), "batch");
                        return (System.nanoTime() - begun) / 1e6;
                    })
                    .skip(warmUp)
                    .sorted()
                    .toArray();
            return taken[taken.length / 2];
        }
    }
}
