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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Squared exact hypergradient norm against gradient-oracle calls and seconds, as CSV, one line a measurement. Seconds are
 * of the run alone, without measurements and without making the data. Arguments: a file to write, the number of seeds, then
 * configurations.
 *
 * <pre>
 *   configuration,seed,iteration,oracleCalls,seconds,squaredHypergradientNorm,upperObjectiveAtBestResponse
 * </pre>
 */
public final class QuadraticCurves {

    private QuadraticCurves() {}

    /** Writes the file. */
    public static void main(String[] arguments) throws IOException {
        int seeds = Integer.parseInt(arguments[1]);
        try (PrintStream csv = new PrintStream(Path.of(arguments[0]).toFile(), StandardCharsets.UTF_8)) {
            csv.println("configuration,seed,iteration,oracleCalls,seconds,squaredHypergradientNorm,"
                    + "upperObjectiveAtBestResponse");
            for (int i = 2; i < arguments.length; i++) {
                for (int seed = 0; seed < seeds; seed++) {
                    run(Path.of(arguments[i]), seed, csv);
                }
            }
        }
    }

    private static void run(Path configuration, int seed, PrintStream csv) throws IOException {
        Catalogue catalogue = Catalogue.load(QuadraticCurves.class.getClassLoader());
        ExperimentConfiguration decoded = new ConfigurationDecoder(catalogue.vocabulary())
                .decode(configuration.toString(), Files.readAllBytes(configuration), List.of("seed=" + seed));
        Experiment experiment = Experiment.of(decoded, catalogue, Optional.empty());
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm algorithm = experiment.algorithm();
            Evaluation evaluation = experiment.evaluation(oracle);
            // Makes every block and compiles the loops before the clock starts.
            warmUp(algorithm, evaluation, oracle);
            Curve curve = new Curve(evaluation);
            new RunLoop(algorithm, oracle, curve, curve, experiment.plan(), () -> false).run(algorithm.init(), true);
            for (double[] point : curve.points) {
                csv.printf(
                        Locale.ROOT,
                        "%s,%d,%.0f,%.0f,%.6f,%.9e,%.9f%n",
                        decoded.name(),
                        seed,
                        point[0],
                        point[1],
                        point[2],
                        point[3],
                        point[4]);
            }
            csv.flush();
        }
    }

    private static void warmUp(Algorithm algorithm, Evaluation evaluation, LocalOracle oracle) {
        State state = algorithm.init();
        evaluation.measure(algorithm, state);
        for (int i = 0; i < 3000; i++) {
            state = algorithm
                    .step(state, oracle.evaluate(algorithm.request(state), "warm-up"))
                    .next();
        }
    }

    /** Keeps the figures of each measurement with the time that was not spent on measuring. */
    private static final class Curve implements Evaluation, RunRecorder {

        private final Evaluation evaluation;
        private final List<double[]> points = new ArrayList<>();
        private final long start = System.nanoTime();
        private long measuring;

        Curve(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        @Override
        public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
            long before = System.nanoTime();
            double seconds = (before - start - measuring) * 1e-9;
            SortedMap<String, Double> figures = evaluation.measure(algorithm, state);
            points.add(new double[] {
                state.iteration(),
                state.samples(),
                seconds,
                figures.get(Evaluation.SQUARED_HYPERGRADIENT_NORM),
                figures.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE)
            });
            measuring += System.nanoTime() - before;
            return figures;
        }

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {
            // The curve has the measured iterations alone.
        }

        @Override
        public void measured(SortedMap<String, Double> row) {
            // Kept by measure, with the time.
        }

        @Override
        public void checkpoint(State state, Outcome outcome) {
            // Nothing is kept.
        }
    }
}
