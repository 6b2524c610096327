package io.stackel.lab;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.DivergedException;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.Experiment;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunEnvironment;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs a cell whole on one thread and counts its samples; nothing of the run is kept. Its exact hypergradient is computed in
 * each iteration, at no samples.
 *
 * @param source where the configuration came from
 * @param content of it
 * @param overrides of it, before those of the cell
 */
public record CellRun(String source, String content, List<String> overrides) implements Serializable {

    /** The end of a count whose run was stopped from outside. */
    public static final String INTERRUPTED = "interrupted";

    private static final List<String> ALWAYS =
            List.of("evaluation.every=1", "stop={iterations: 1000000000000}", "checkpoint={every: 1000000000000}");

    public CellRun {
        // A list that Java serialises.
        overrides = new ArrayList<>(overrides);
    }

    /** What it is the run of: the configuration and what is changed in it. */
    public String text() {
        return content + "\n" + String.join("\n", overrides);
    }

    /**
     * The configuration as a scheme changes it.
     *
     * @throws io.stackel.experiment.ConfigurationException if the scheme does not fit it
     */
    public LoadedExperiment load(List<String> more) {
        List<String> all =
                Stream.of(overrides, more, ALWAYS).flatMap(List::stream).toList();
        return LoadedExperiment.decode(
                new LoadedExperiment.Text(source, content.getBytes(StandardCharsets.UTF_8), all),
                Catalogue.load(RunEnvironment.loader()));
    }

    /**
     * Runs a cell to its end.
     *
     * @return what it took; a count that was interrupted says so in its end and must not be kept
     */
    public Count on(Cell cell, BooleanSupplier stopRequested) {
        LoadedExperiment loaded = load(cell.overrides());
        Experiment experiment = loaded.experiment();
        Means means = new Means(cell.epsilon(), cell.cap());
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm algorithm = loaded.algorithm();
            new RunLoop(
                            algorithm,
                            oracle,
                            experiment.evaluation(oracle),
                            means,
                            experiment.plan(),
                            () -> means.ended() || stopRequested.getAsBoolean())
                    .run(algorithm.init(), true);
            return means.count(means.ended() ? means.end() : INTERRUPTED);
        } catch (DivergedException diverged) {
            return means.count("diverged: " + diverged.getMessage());
        }
    }

    /** The squared gap of the start. */
    public double startingGap() {
        LoadedExperiment loaded = load(List.of());
        Experiment experiment = loaded.experiment();
        Means means = new Means(Double.MAX_VALUE, 0);
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm algorithm = loaded.algorithm();
            means.measured(experiment.evaluation(oracle).measure(algorithm, algorithm.init()));
        }
        return means.sum(1);
    }

    /** Follows both means; mutable. */
    static final class Means implements RunRecorder {

        /** Fewer iterations have no tenth. */
        private static final int FEWEST = 10;

        private final double epsilon;
        private final long cap;
        private double[] sums = new double[1024];
        private int rows;
        private long wholeRun = Count.NEVER;
        private long lastTenth = Count.NEVER;
        private long samples;

        Means(double epsilon, long cap) {
            this.epsilon = epsilon;
            this.cap = cap;
        }

        @Override
        public void measured(SortedMap<String, Double> row) {
            double gap = row.get(Evaluation.STATIONARITY_GAP);
            if (rows + 1 == sums.length) {
                sums = Arrays.copyOf(sums, 2 * sums.length);
            }
            sums[rows + 1] = sums[rows] + gap * gap;
            rows++;
            samples = row.getOrDefault("samples", 0.0).longValue();
            if (wholeRun == Count.NEVER && sum(rows) / rows <= epsilon) {
                wholeRun = samples;
            }
            int tenth = rows / FEWEST;
            if (lastTenth == Count.NEVER && tenth > 0 && sum(tenth) / tenth <= epsilon) {
                lastTenth = samples;
            }
        }

        /** The sum over so many last rows. */
        double sum(int last) {
            return sums[rows] - sums[rows - last];
        }

        boolean ended() {
            return reached() || samples >= cap;
        }

        private boolean reached() {
            return wholeRun != Count.NEVER && lastTenth != Count.NEVER;
        }

        String end() {
            return reached() ? "" : "given up after " + samples + " steps";
        }

        Count count(String end) {
            return new Count(wholeRun, lastTenth, rows - 1L, samples, end);
        }

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {
            // Rows say all.
        }

        @Override
        public void checkpoint(State state, Outcome outcome) {
            // Nothing is kept.
        }
    }
}
