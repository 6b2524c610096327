package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.SweepDecoder;
import io.stackel.math.Bootstrap;
import io.stackel.math.Statistics;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The published four-rooms table beside ours: for each entropy weight and cost weight the leader's value at the follower's
 * best response, mean over the goals and over the last tenth of a run, mean and 95 % bootstrap interval over seeds.
 * The column "endings" draws the runs by value, rounded to a tenth, a mark each. Arguments: a configuration, {@code
 * conf/experiments/four-rooms-published.yaml} or {@code four-rooms-exact.yaml}, the seeds ({@code 100..129}), the number of
 * threads; then, if not all nine cells are wanted, one argument {@code TAU:BETA} a cell, and overrides {@code key=value}, which
 * win.
 */
public final class FourRoomsTable {

    private static final double[] ENTROPY_WEIGHTS = {0.001, 0.003, 0.005};
    private static final int[] COST_WEIGHTS = {1, 3, 5};
    private static final double[][] HPGD = {{.91, .51, .46}, {.95, .73, .29}, {1.17, 1.01, .87}};
    private static final double[][] AMD = {{.58, .51, .46}, {1.00, .39, .32}, {1.28, 1.13, .97}};
    private static final double[][] ZERO_ORDER = {{.59, .50, .46}, {.91, .40, .32}, {1.15, 1.02, .79}};

    private FourRoomsTable() {}

    private record Result(double value, double steps) {}

    private record Cell(int row, int column, List<Future<Result>> runs) {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        byte[] text = Files.readAllBytes(Path.of(arguments[0]));
        List<Long> seeds = SweepDecoder.seeds("seeds", arguments[1]);
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        List<String> more = List.of(arguments).subList(3, arguments.length);
        List<String> overrides =
                more.stream().filter(word -> word.contains("=")).toList();
        List<String> wanted =
                more.stream().filter(word -> !word.contains("=")).toList();
        System.out.println(
                "| tau | beta | ours | 95 % interval | median | best | endings | steps an iteration | HPGD | AMD | zero-order |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < ENTROPY_WEIGHTS.length; row++) {
            for (int column = 0; column < COST_WEIGHTS.length; column++) {
                double tau = ENTROPY_WEIGHTS[row];
                int beta = COST_WEIGHTS[column];
                if (wanted.isEmpty() || wanted.contains(tau + ":" + beta)) {
                    List<Future<Result>> runs = new ArrayList<>();
                    seeds.forEach(seed -> runs.add(pool.submit(() -> run(text, tau, beta, seed, overrides))));
                    cells.add(new Cell(row, column, runs));
                }
            }
        }
        for (Cell cell : cells) {
            print(cell.row(), cell.column(), cell.runs());
        }
        pool.shutdown();
    }

    private static void print(int row, int column, List<Future<Result>> runs)
            throws InterruptedException, ExecutionException {
        double[] values = new double[runs.size()];
        double steps = 0;
        SortedMap<Long, Integer> endings = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = runs.get(i).get().value();
            steps += runs.get(i).get().steps() / values.length;
            endings.merge(Math.round(10 * values[i]), 1, Integer::sum);
        }
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 0, row, column, 0);
        Bootstrap.Interval interval = Bootstrap.ofMean(values, 0.95, 10_000, random::nextInt);
        Arrays.sort(values);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f to %.3f | %.3f | %.3f | %s | %.0f | %.2f | %.2f | %.2f |%n",
                ENTROPY_WEIGHTS[row],
                COST_WEIGHTS[column],
                interval.mean(),
                interval.low(),
                interval.high(),
                Statistics.quantile(values, 0.5),
                values[values.length - 1],
                endings.entrySet().stream()
                        .map(ending -> ending.getKey() / 10.0 + " " + "#".repeat(ending.getValue()))
                        .collect(Collectors.joining(", ")),
                steps,
                HPGD[row][column],
                AMD[row][column],
                ZERO_ORDER[row][column]);
    }

    private static Result run(byte[] text, double tau, int beta, long seed, List<String> more) {
        Catalogue catalogue = Catalogue.load(FourRoomsTable.class.getClassLoader());
        List<String> overrides = new ArrayList<>(
                List.of("problem.entropyWeight=" + tau, "problem.costWeight=" + beta, "seed=" + seed));
        if (new String(text, StandardCharsets.UTF_8).contains("sigma:")
                && more.stream().noneMatch(word -> word.startsWith("algorithm="))) {
            overrides.add("algorithm.sigma=" + tau);
            overrides.add("upper.units=" + (tau > 0.004 ? 4 : 8)); // walks take twice as long there
        }
        overrides.addAll(more);
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("four-rooms", text, overrides);
        Experiment experiment = Experiment.of(configuration, catalogue, Optional.empty());
        Tail tail = new Tail(experiment.plan().iterations());
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            new RunLoop(machine, oracle, experiment.evaluation(oracle), tail, experiment.plan(), () -> false)
                    .run(machine.init(), true);
        }
        return new Result(tail.total / tail.rows, tail.samples / experiment.plan().iterations());
    }

    /** Averages the leader's value over the last tenth of a run. */
    private static final class Tail implements RunRecorder {

        private final long iterations;
        private double total;
        private int rows;
        private double samples;

        Tail(long iterations) {
            this.iterations = iterations;
        }

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {
            samples = state.samples();
        }

        @Override
        public void measured(SortedMap<String, Double> row) {
            if (row.get("iteration") > 0.9 * iterations) {
                total -= row.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
                rows++;
            }
        }

        @Override
        public void checkpoint(State state, Outcome outcome) {
            // Nothing is kept.
        }
    }
}
