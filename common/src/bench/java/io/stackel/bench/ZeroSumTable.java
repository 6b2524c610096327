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
import io.stackel.experiment.StartingPoint;
import io.stackel.experiment.SweepDecoder;
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
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Algorithms on random zero-sum games with an incentive: the Nikaido-Isoda gap of the run's policies at the end as a part
 * of that at the start, and what the designer's value at the equilibrium has gained; mean and 95 % bootstrap interval over
 * games. Arguments: {@code conf/experiments/zero-sum-incentive.yaml}, the games ({@code 100..109}),
 * the number of threads.
 */
public final class ZeroSumTable {

    /** A row: the algorithm's line of the configuration, empty for the file's own, and further settings. */
    private record Row(String name, String algorithm, List<String> overrides) {}

    private static final List<Row> ROWS = List.of(
            new Row("the file's own", "", List.of()),
            new Row("the same, 10 policy steps", "", List.of("algorithm.policySteps=10")),
            new Row("`{name: independent}`", "{name: independent}", List.of()),
            new Row(
                    "penalty weight .001: the lower level ignored",
                    "{name: pbrl, penalty: nikaido-isoda, penaltyWeight: 0.001, policyOptimizer: adam, policyStepSize: 0.05}",
                    List.of()),
            new Row("`{name: exact}`", "{name: exact}", List.of("lower.solver=planned")));

    private ZeroSumTable() {}

    /** What a run says: gaps and designer's values at its start and end. */
    private record Result(double gapRatio, double gain, double ownGain, long samples) {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        List<Long> games = SweepDecoder.seeds("games", arguments[1]);
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        System.out.println(
                "| algorithm | gap, end over start | 95 % interval | designer's value at the equilibrium, gain | 95 % interval |"
                        + " gain under the run's policies | steps |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int row = 0; row < ROWS.size(); row++) {
            Row one = ROWS.get(row);
            List<Future<Result>> runs = new ArrayList<>();
            games.forEach(game -> runs.add(pool.submit(() -> run(text, one, game))));
            List<Result> results = new ArrayList<>();
            for (Future<Result> run : runs) {
                results.add(run.get());
            }
            print(one, results, row);
        }
        pool.shutdown();
    }

    private static void print(Row row, List<Result> results, int number) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 2, number, 0, 0);
        Bootstrap.Interval gap = interval(
                results.stream().mapToDouble(Result::gapRatio).toArray(), random);
        Bootstrap.Interval gain =
                interval(results.stream().mapToDouble(Result::gain).toArray(), random);
        Bootstrap.Interval own =
                interval(results.stream().mapToDouble(Result::ownGain).toArray(), random);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2g | %.2g to %.2g | %.3f | %.3f to %.3f | %.3f | %d |%n",
                row.name,
                gap.mean(),
                gap.low(),
                gap.high(),
                gain.mean(),
                gain.low(),
                gain.high(),
                own.mean(),
                results.get(0).samples);
    }

    private static Bootstrap.Interval interval(double[] values, RandomStream random) {
        return Bootstrap.ofMean(values, 0.95, 10_000, random::nextInt);
    }

    private static Result run(String text, Row row, long game) {
        Catalogue catalogue = Catalogue.load(ZeroSumTable.class.getClassLoader());
        List<String> overrides =
                new ArrayList<>(List.of("problem.problemSeed=" + game, "seed=" + game, "evaluation.every=1000000"));
        overrides.addAll(row.overrides);
        String chosen =
                row.algorithm.isEmpty() ? text : text.replaceAll("(?m)^algorithm: .*$", "algorithm: " + row.algorithm);
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("zero-sum", chosen.getBytes(StandardCharsets.UTF_8), overrides);
        Experiment experiment = Experiment.of(configuration, catalogue, Optional.empty());
        Ends ends = new Ends();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            new RunLoop(machine, oracle, experiment.evaluation(oracle), ends, experiment.plan(), () -> false)
                    .run(machine.init(), true);
            SortedMap<String, Double> first = ends.rows.get(0);
            SortedMap<String, Double> last = experiment.evaluation(oracle).measure(machine, ends.states.get(0));
            // Every run is compared with the gap of uniform play, at which the penalised ones start.
            double start = uniformGap(experiment);
            return new Result(
                    ofOwn(last, Evaluation.LOWER_GAP) / start,
                    last.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM)
                            - first.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM),
                    designer(last) - designer(first),
                    ends.states.get(0).samples());
        }
    }

    /** A figure of the policies that the method moves: the penalised ones where there are any. */
    private static double ofOwn(SortedMap<String, Double> row, String figure) {
        return row.getOrDefault(Evaluation.of(figure, Algorithm.PENALISED), row.get(figure));
    }

    /** The designer's value under the same, its costs taken out as they are at the equilibrium. */
    private static double designer(SortedMap<String, Double> row) {
        double costs = row.get(Evaluation.UPPER_OBJECTIVE) + row.get(Evaluation.DESIGNER_VALUE);
        return costs - ofOwn(row, Evaluation.UPPER_OBJECTIVE);
    }

    /** The Nikaido-Isoda gap of uniform play at the start of x. */
    private static double uniformGap(Experiment experiment) {
        return StartingPoint.of(experiment).report().entries().stream()
                .filter(entry -> entry.key().equals("nikaido_isoda_gap"))
                .findFirst()
                .orElseThrow()
                .value()
                .values()[0];
    }

    /** Remembers the rows and the last state. */
    private static final class Ends implements RunRecorder {

        private final List<State> states = new ArrayList<>();
        private final List<SortedMap<String, Double>> rows = new ArrayList<>();

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {
            states.clear();
            states.add(state);
        }

        @Override
        public void measured(SortedMap<String, Double> row) {
            rows.add(row);
        }

        @Override
        public void checkpoint(State state, Outcome outcome) {
            // Nothing is kept.
        }
    }
}
