package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Bootstrap.Interval;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.store.RunState;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LearningCurvesTest {

    private static final String OBJECTIVE = "upperObjective";
    private static final SweepRules FREE = new SweepRules(OptionalDouble.empty(), 0);

    private final List<TrialSummary> trials = new ArrayList<>();

    private void trial(Map<String, String> axes, RunState state, double[] samples, double... values) {
        double last = values[values.length - 1];
        trials.add(new TrialSummary(
                "trial-" + trials.size(),
                new LinkedHashMap<>(axes),
                trials.size(),
                URI.create("file:/run"),
                state,
                Optional.empty(),
                "",
                Optional.of(ManyTrials.status(
                        Map.of(OBJECTIVE, last, "samples", samples[samples.length - 1], "wallSeconds", 1))),
                new TrialSummary.Rows(samples, Map.of(OBJECTIVE, values))));
    }

    private List<SweepCell> cells() {
        return SweepCell.ranked(trials, OBJECTIVE, FREE);
    }

    private Chart ofCells() {
        return new LearningCurves(OBJECTIVE).ofCells(cells()).orElseThrow();
    }

    private static double value(List<Object> column, int place) {
        return (double) column.get(place);
    }

    /** Places are sixtieths of the longest line. */
    private static int at(double share) {
        return (int) Math.round(60 * share);
    }

    @Test
    void aCurveEndsWithTheScoreAndIntervalOfTheLeaderboard() {
        for (int seed = 0; seed < 8; seed++) {
            trial(Map.of("step", "1"), RunState.COMPLETE, new double[] {0, 500, 1000}, 5, 3 - seed, seed * seed);
        }

        Series line = ofCells().series().get(0);

        Interval score = cells().get(0).interval().orElseThrow();
        assertThat(line.label()).isEqualTo("step 1 (8 runs)");
        assertThat(value(line.values(), 60)).isEqualTo(score.mean());
        assertThat(value(line.band().orElseThrow().low(), 60)).isEqualTo(score.low());
        assertThat(value(line.band().orElseThrow().high(), 60)).isEqualTo(score.high());
        assertThat(line.values().get(0)).isEqualTo(5.0);
    }

    @Test
    void rowsAreJoinedStraightAndALineEndsWhereTheShortestOfItsRunsEnds() {
        trial(Map.of("step", "1"), RunState.COMPLETE, new double[] {0, 300, 600}, 6, 3, 2);
        trial(Map.of("step", "1"), RunState.RUNNING, new double[] {0, 300}, 8, 5);
        trial(Map.of("step", "2"), RunState.COMPLETE, new double[] {0, 600}, 9, 9);

        Chart chart = ofCells();

        Series line = chart.series().stream()
                .filter(one -> one.label().startsWith("step 1"))
                .findFirst()
                .orElseThrow();
        assertThat(value(line.values(), at(0.25))).isCloseTo(5.5, within(1e-12));
        assertThat(value(line.values(), at(0.5))).isCloseTo(4, within(1e-12));
        assertThat(line.values().get(at(0.5) + 1)).isEqualTo(Optional.empty());
        assertThat(chart.series()).hasSize(2);
    }

    @Test
    void lostRunsAreLeftOutAndWhatTakesNoSamplesIsAReference() {
        trial(Map.of("algorithm", "hpgd"), RunState.COMPLETE, new double[] {0, 100}, 4, 2);
        trial(Map.of("algorithm", "hpgd"), RunState.DIVERGED, new double[] {0, 10}, 4, 1e9);
        trial(Map.of("algorithm", "exact"), RunState.COMPLETE, new double[] {0, 0, 0}, 4, 2, 1);

        List<Series> lines = ofCells().series();

        assertThat(lines)
                .extracting(Series::label)
                .containsExactly("algorithm exact (takes no samples)", "algorithm hpgd (1 run)");
        assertThat(lines.get(0).style()).isEqualTo(Style.REFERENCE);
        assertThat(lines.get(0).values()).containsOnly(1.0);
        assertThat(value(lines.get(1).values(), 60)).isEqualTo(2);
    }

    @Test
    void anAlgorithmWithSeveralCellsHasOneBandThatIsResampledWithinThem() {
        for (String size : List.of("1", "100")) {
            for (int seed = 0; seed < 5; seed++) {
                Map<String, String> axes = new LinkedHashMap<>();
                axes.put("algorithm", "pbrl");
                axes.put("size", size);
                trial(axes, RunState.COMPLETE, new double[] {0, 100}, 0, Double.parseDouble(size));
            }
        }

        Series line = new LearningCurves(OBJECTIVE)
                .ofAxis("algorithm", cells())
                .orElseThrow()
                .series()
                .get(0);

        // Seeds agree within each cell, so that every resample that keeps five of each has the same mean.
        assertThat(line.label()).isEqualTo("pbrl (10 runs)");
        assertThat(value(line.band().orElseThrow().low(), 60))
                .isEqualTo(value(line.band().orElseThrow().high(), 60))
                .isEqualTo(50.5);
        assertThat(new LearningCurves(OBJECTIVE).ofAxis("size", cells())).isEmpty();
    }
}
