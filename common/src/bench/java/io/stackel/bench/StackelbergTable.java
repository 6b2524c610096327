package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.experiment.Experiment;
import io.stackel.math.Bootstrap;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Algorithms on random Stackelberg games at equal samples: the leader's value at the follower's exact best response, mean
 * and 95 % bootstrap interval over games, and the paired difference to the first algorithm at the most samples. Arguments:
 * {@code conf/experiments/stackelberg.yaml}; the number of games; {@code seedOffset}, the number and the seed of the first
 * game; the samples at which runs are measured, ascending, as in {@code 50000,200000}; the number of threads; then, if others
 * than the usual ones are wanted, the algorithms, each with settings of its own behind it ({@link Variant}). The first is the
 * baseline.
 */
public final class StackelbergTable {

    private static final List<String> ALGORITHMS = List.of(
            "{name: independent}",
            "{name: pbrl, penalty: value, penaltyWeight: 5}",
            "{name: pbrl, penalty: bellman, penaltyWeight: 100}",
            "{name: first-order, sigma: 0.1, sides: two, coupling: shared}",
            "{name: boltzmann, advantageDecay: 0.9}",
            "{name: hpgd}",
            "{name: zero-order}",
            "{name: cma-es, covariance: diagonal, initialDeviation: 5.0} upper.units=1 lower.units=1",
            "{name: counted} lower.units=100",
            "{name: exact}");

    private StackelbergTable() {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        int games = Integer.parseInt(arguments[1]);
        int seedOffset = Integer.parseInt(arguments[2]);
        long[] samples = Arrays.stream(arguments[3].split(","))
                .mapToLong(Long::parseLong)
                .toArray();
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[4]));
        List<List<Future<double[]>>> rows = new ArrayList<>();
        List<String> algorithms =
                arguments.length > 5 ? List.of(arguments).subList(5, arguments.length) : ALGORITHMS;
        for (String algorithm : algorithms) {
            List<Future<double[]>> runs = new ArrayList<>();
            for (int game = seedOffset; game < seedOffset + games; game++) {
                int seed = game;
                runs.add(pool.submit(() -> run(text, algorithm, seed, samples)));
            }
            rows.add(runs);
        }
        System.out.print("| algorithm |");
        for (long budget : samples) {
            System.out.printf(Locale.ROOT, " value at %,d | 95 %% interval |", budget);
        }
        System.out.printf(" minus the first | 95 %% interval |%n|---|%s---|---|%n", "---|---|".repeat(samples.length));
        double[][] baseline = values(rows.get(0));
        for (int row = 0; row < rows.size(); row++) {
            print(algorithms.get(row), values(rows.get(row)), baseline, row);
        }
        pool.shutdown();
    }

    /** Values by budget and game. */
    private static double[][] values(List<Future<double[]>> runs) throws InterruptedException, ExecutionException {
        double[][] values = new double[runs.get(0).get().length][runs.size()];
        for (int game = 0; game < runs.size(); game++) {
            double[] run = runs.get(game).get();
            for (int budget = 0; budget < run.length; budget++) {
                values[budget][game] = run[budget];
            }
        }
        return values;
    }

    private static void print(String algorithm, double[][] values, double[][] baseline, int row) {
        System.out.printf("| `%s` |", algorithm);
        for (double[] atBudget : values) {
            print(Bootstrap.ofMean(atBudget, 0.95, 10_000, random(row)::nextInt));
        }
        int last = values.length - 1;
        print(Bootstrap.ofPairedDifference(values[last], baseline[last], 0.95, 10_000, random(row)::nextInt));
        System.out.println();
    }

    private static RandomStream random(int row) {
        return RandomStream.at(0, Purpose.BOOTSTRAP, 1, row, 0, 0);
    }

    private static void print(Bootstrap.Interval interval) {
        System.out.printf(
                Locale.ROOT, " %.3f | %.3f to %.3f |", interval.mean(), interval.low(), interval.high());
    }

    /** The values at each number of samples; a run goes on from one to the next. */
    private static double[] run(String text, String algorithm, int game, long[] samples) {
        double[] values = new double[samples.length];
        LastState last = new LastState();
        for (int i = 0; i < values.length; i++) {
            Experiment experiment = experiment(text, algorithm, game, samples[i]);
            try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
                Algorithm machine = experiment.algorithm();
                Evaluation evaluation = experiment.evaluation(oracle);
                State start = i == 0 ? machine.init() : last.state();
                new RunLoop(machine, oracle, evaluation, last, experiment.plan(), () -> false).run(start, i == 0);
                values[i] = -evaluation
                        .measure(machine, last.state())
                        .get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
                System.err.printf(
                        Locale.ROOT,
                        "%s game %d: %.3f, %d steps%n",
                        algorithm,
                        game,
                        values[i],
                        last.state().samples());
            }
        }
        return values;
    }

    private static Experiment experiment(String text, String algorithm, int game, long samples) {
        List<String> overrides =
                new ArrayList<>(List.of("problem.problemSeed=" + game, "seed=" + game, "evaluation.every=1000000"));
        if (algorithm.contains("exact")) {
            overrides.addAll(List.of("lower.solver=planned", "stop.iterations=400"));
        } else {
            overrides.addAll(List.of("stop.iterations=1000000", "stop.samples=" + samples));
        }
        return Variant.of("stackelberg", text, algorithm, overrides);
    }
}
