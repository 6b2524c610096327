package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.math.Bootstrap;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Algorithms on random Stackelberg games at equal samples: the leader's value at the follower's exact best response, mean
 * and 95 % bootstrap interval over games, and the paired difference to the independent baseline. Arguments: {@code
 * conf/experiments/stackelberg.yaml}, the number of games, the number of samples, the number of threads; then,
 * if others than the usual ones are wanted, the algorithms, the first of which is the baseline.
 */
public final class StackelbergTable {

    private static final List<String> ALGORITHMS = List.of(
            "{name: independent}",
            "{name: pbrl, penalty: value, penaltyWeight: 5}",
            "{name: pbrl, penalty: bellman, penaltyWeight: 100}",
            "{name: first-order, sigma: 0.1, sides: two, coupling: shared}",
            "{name: exact}");

    private StackelbergTable() {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        int games = Integer.parseInt(arguments[1]);
        long samples = Long.parseLong(arguments[2]);
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]));
        List<List<Future<Double>>> rows = new ArrayList<>();
        List<String> algorithms =
                arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : ALGORITHMS;
        for (String algorithm : algorithms) {
            List<Future<Double>> runs = new ArrayList<>();
            for (int game = 0; game < games; game++) {
                int seed = game;
                runs.add(pool.submit(() -> run(text, algorithm, seed, samples)));
            }
            rows.add(runs);
        }
        System.out.println("| algorithm | leader's value | 95 % interval | minus independent | 95 % interval |");
        System.out.println("|---|---|---|---|---|");
        double[] baseline = values(rows.get(0));
        for (int row = 0; row < rows.size(); row++) {
            print(algorithms.get(row), values(rows.get(row)), baseline, row);
        }
        pool.shutdown();
    }

    private static double[] values(List<Future<Double>> runs) throws InterruptedException, ExecutionException {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = runs.get(i).get();
        }
        return values;
    }

    private static void print(String algorithm, double[] values, double[] baseline, int row) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 1, row, 0, 0);
        Bootstrap.Interval mean = Bootstrap.ofMean(values, 0.95, 10_000, random::nextInt);
        Bootstrap.Interval gain = Bootstrap.ofPairedDifference(values, baseline, 0.95, 10_000, random::nextInt);
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %.3f | %.3f to %.3f | %.3f | %.3f to %.3f |%n",
                algorithm,
                mean.mean(),
                mean.low(),
                mean.high(),
                gain.mean(),
                gain.low(),
                gain.high());
    }

    private static double run(String text, String algorithm, int game, long samples) {
        Catalogue catalogue = Catalogue.load(StackelbergTable.class.getClassLoader());
        List<String> overrides =
                new ArrayList<>(List.of("problem.problemSeed=" + game, "seed=" + game, "evaluation.every=1000000"));
        if (algorithm.contains("exact")) {
            overrides.addAll(List.of("lower.solver=planned", "stop.iterations=400"));
        } else {
            overrides.addAll(List.of("stop.iterations=1000000", "stop.samples=" + samples));
        }
        byte[] chosen =
                text.replaceAll("(?m)^algorithm: .*$", "algorithm: " + algorithm).getBytes(StandardCharsets.UTF_8);
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("stackelberg", chosen, overrides);
        Experiment experiment = Experiment.of(configuration, catalogue, Optional.empty());
        LastState last = new LastState();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            Evaluation evaluation = experiment.evaluation(oracle);
            new RunLoop(machine, oracle, evaluation, last, experiment.plan(), () -> false).run(machine.init(), true);
            double value = -evaluation
                    .measure(machine, last.state())
                    .get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
            System.err.printf(
                    Locale.ROOT, "%s game %d: %.3f, %d steps%n", algorithm, game, value, last.state().samples());
            return value;
        }
    }
}
