package io.stackel.spark;

import com.sun.management.OperatingSystemMXBean;
import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark adds to a batch: the time of an almost empty one beside a bare Spark job, parameters within the job beside
 * a broadcast by size, and what a second core brings to a large batch. The things compared take turns. On a machine that
 * does other work too, compare the least wall time and the processor time of the process.
 *
 * <p>Arguments: any of {@code rounds}, {@code parameters}, {@code scaling}, all by default; {@code --master=local[2]} for the
 * first two; {@code --brief} for a hundredth of the repetitions, to see that it works.
 */
public final class SparkRoundBenchmark {

    private static final long PAIRS = 20_000;
    private static final int HORIZON = 50;
    private static final Transport WITHIN = new Transport(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Transport APART = new Transport(0, Long.MAX_VALUE);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final PrintStream OUT = System.out;

    private SparkRoundBenchmark() {}

    /** Prints the tables asked for. */
    public static void main(String[] arguments) {
        List<String> asked = new ArrayList<>(List.of(arguments));
        String master = "local[2]";
        for (String each : arguments) {
            if (each.startsWith("--master=")) {
                master = each.substring("--master=".length());
                asked.remove(each);
            }
        }
        int part = asked.remove("--brief") ? 100 : 1;
        if (asked.isEmpty()) {
            asked = List.of("rounds", "parameters", "scaling");
        }
        for (String each : asked) {
            switch (each) {
                case "rounds" -> rounds(master, part);
                case "parameters" -> parameters(master, part);
                case "scaling" -> scaling(part);
                default ->
                    throw new IllegalArgumentException(
                            "the argument must be rounds, parameters or scaling, but was " + each);
            }
        }
    }

    private static SparkEngine engine(String master) {
        return SparkEngine.open(master, "SparkRoundBenchmark", new SparkConf());
    }

    private static SparkOracle oracle(SparkEngine engine, int tasks, Transport transport) {
        return oracle(engine, OptionalInt.of(tasks), transport);
    }

    private static SparkOracle oracle(SparkEngine engine, OptionalInt tasks, Transport transport) {
        return new SparkOracle(
                engine.context(),
                "benchmark",
                StackelbergRecipe.INSTANCE,
                new byte[0],
                tasks,
                OptionalLong.empty(),
                transport);
    }

    /** A batch of two chunks with one pair of one step each: what is left is Spark's. */
    private static void rounds(String master, int part) {
        BatchRequest request = StackelbergRecipe.request(2, 1, 1, 0);
        try (SparkEngine engine = engine(master);
                SparkOracle oracle = oracle(engine, 2, WITHIN);
                SparkOracle placed = oracle(engine, OptionalInt.empty(), WITHIN);
                LocalOracle local = new LocalOracle(StackelbergRecipe.source(), 2, 2)) {
            JavaSparkContext context = engine.context();
            Map<String, Runnable> works = new LinkedHashMap<>();
            works.put(
                    "parallelize(2).count()",
                    () -> context.parallelize(List.of(1, 2), 2).count());
            works.put(
                    "parallelize(2).map().collect()",
                    () -> context.parallelize(List.of(1, 2), 2)
                            .map(i -> new long[] {i})
                            .collect());
            works.put("batch", () -> oracle.evaluate(request, "batch"));
            works.put("batch, placed by its work", () -> placed.evaluate(request, "batch"));
            works.put("batch, local engine, 2 threads", () -> local.evaluate(request, "batch"));
            compare("two almost empty tasks, " + master, works, 300 / part, 500 / part);
        }
    }

    private static void parameters(String master, int part) {
        try (SparkEngine engine = engine(master);
                SparkOracle within = oracle(engine, 2, WITHIN);
                SparkOracle apart = oracle(engine, 2, APART)) {
            for (int kilobytes : new int[] {16, 64, 128, 256, 512, 1024, 4096}) {
                BatchRequest request = StackelbergRecipe.request(2, 1, 1, kilobytes * 128);
                Map<String, Runnable> works = new LinkedHashMap<>();
                works.put("within the job", () -> within.evaluate(request, "batch"));
                works.put("by broadcast", () -> apart.evaluate(request, "batch"));
                compare(kilobytes + " kB of parameters, " + master, works, 200 / part, 300 / part);
            }
        }
    }

    /** One task in local[2] occupies one core, as local[1] would. */
    private static void scaling(int part) {
        try (SparkEngine engine = engine("local[2]");
                LocalOracle oneThread = LocalOracle.single(StackelbergRecipe.source());
                LocalOracle twoThreads = new LocalOracle(StackelbergRecipe.source(), 2, 2);
                SparkOracle oneTask = oracle(engine, 1, WITHIN);
                SparkOracle twoTasks = oracle(engine, 2, WITHIN)) {
            BatchRequest request = StackelbergRecipe.request(PAIRS, HORIZON, 16, 0);
            Map<String, Runnable> works = new LinkedHashMap<>();
            works.put("local engine, 1 thread", () -> oneThread.evaluate(request, "batch"));
            works.put("local engine, 2 threads", () -> twoThreads.evaluate(request, "batch"));
            works.put("Spark, 1 task", () -> oneTask.evaluate(request, "batch"));
            works.put("Spark, 2 tasks", () -> twoTasks.evaluate(request, "batch"));
            compare(PAIRS + " pairs of " + HORIZON + " steps", works, 5 / part, Math.max(1, 30 / part));
        }
    }

    private static void compare(String title, Map<String, Runnable> works, int warmUp, int rounds) {
        Map<String, double[]> milliseconds = new LinkedHashMap<>();
        Map<String, Long> processor = new LinkedHashMap<>();
        works.keySet().forEach(name -> milliseconds.put(name, new double[rounds]));
        for (int round = -warmUp; round < rounds; round++) {
            int slot = Math.max(0, round);
            if (round == 0) {
                processor.clear();
            }
            works.forEach((name, work) -> {
                long busy = PROCESS.getProcessCpuTime();
                long start = System.nanoTime();
                work.run();
                milliseconds.get(name)[slot] = (System.nanoTime() - start) / 1e6;
                processor.merge(name, PROCESS.getProcessCpuTime() - busy, Long::sum);
            });
        }
        OUT.printf("%n%-40s %9s %9s %9s %12s%n", title, "least", "10 %", "median", "CPU ms");
        for (String name : works.keySet()) {
            double[] wall = milliseconds.get(name);
            Arrays.sort(wall);
            OUT.printf(
                    Locale.ROOT,
                    "%-40s %9.2f %9.2f %9.2f %12.2f%n",
                    name,
                    wall[0],
                    wall[rounds / 10],
                    wall[rounds / 2],
                    processor.get(name) / 1e6 / rounds);
        }
    }
}
