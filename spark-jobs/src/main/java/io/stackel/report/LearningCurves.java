package io.stackel.report;

import io.stackel.math.Bootstrap.Interval;
import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.report.TrialSummary.Curve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The leader's objective against samples: a line for each group of trials, the interquartile mean over seeds, in a band
 * of stratified bootstrap intervals, each at one place, where every cell is resampled by itself.
 *
 * <p>Source: Agarwal, Schwarzer, Castro, Courville, Bellemare, Deep reinforcement learning at the edge of the
 * statistical precipice, NeurIPS 2021, section 4. Between its rows a trial's curve is joined straight. All places use
 * the same resamples of seeds, so a resample is one of whole curves.
 */
final class LearningCurves {

    /** Lines in one chart, which is as many colours as there are. */
    private static final int SHOWN = 6;

    private static final int PLACES = 60;

    /** Addresses of resamples: those of groups lie apart from those of cells. */
    private static final int GROUPS = 50_000_000;

    private final String objective;

    LearningCurves(String objective) {
        this.objective = objective;
    }

    /** A line of the chart: curves by cell, and the address of its resamples. */
    private record Group(String label, List<List<Curve>> strata, int number) {

        double first() {
            return strata.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Curve::first)
                    .max()
                    .orElseThrow();
        }

        /** Where the shortest of its curves ends. */
        double last() {
            return strata.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Curve::last)
                    .min()
                    .orElseThrow();
        }

        Interval at(double place) {
            return SweepCell.interval(
                    strata.stream()
                            .map(cell -> cell.stream()
                                    .mapToDouble(curve -> curve.at(place))
                                    .toArray())
                            .toList(),
                    number);
        }

        long curves() {
            return strata.stream().mapToLong(List::size).sum();
        }
    }

    /** A line for each of the first cells; nothing where no trial has rows. */
    Optional<Chart> ofCells(List<SweepCell> cells) {
        List<Group> groups = new ArrayList<>();
        for (SweepCell cell : cells) {
            List<Curve> curves = curves(cell);
            if (!curves.isEmpty()) {
                groups.add(new Group(cell.label(), List.of(curves), cell.number()));
            }
        }
        return chart("curves", "Learning curves", groups);
    }

    /** A line for each value of an axis of which some value has several cells. */
    Optional<Chart> ofAxis(String axis, List<SweepCell> cells) {
        Map<String, List<List<Curve>>> strata = new LinkedHashMap<>();
        for (SweepCell cell : cells) {
            List<Curve> curves = curves(cell);
            if (!curves.isEmpty() && cell.axes().containsKey(axis)) {
                strata.computeIfAbsent(cell.axes().get(axis), value -> new ArrayList<>())
                        .add(curves);
            }
        }
        List<Group> groups = new ArrayList<>();
        strata.forEach((value, cellsOfIt) -> groups.add(new Group(value, cellsOfIt, GROUPS + groups.size())));
        return strata.values().stream().allMatch(each -> each.size() < 2)
                ? Optional.empty()
                : chart(
                        "curves-by-" + CamelCase.hyphened(axis),
                        "Learning curves by " + axis + ", all cells together",
                        groups);
    }

    private List<Curve> curves(SweepCell cell) {
        return cell.trials().stream()
                .filter(trial -> !trial.lost())
                .flatMap(trial -> trial.curve(objective).stream())
                .toList();
    }

    private Optional<Chart> chart(String id, String title, List<Group> all) {
        List<Group> groups = all.stream().limit(SHOWN).toList();
        double end = groups.stream().mapToDouble(Group::last).max().orElse(0);
        if (!(end > 0)) {
            return Optional.empty();
        }
        double[] places = IntStream.rangeClosed(0, PLACES)
                .mapToDouble(i -> end * i / PLACES)
                .toArray();
        List<Series> lines = groups.stream().map(group -> line(group, places)).toList();
        return Optional.of(new Chart(
                id,
                title,
                "The leader\u2019s objective after so many samples; lower is better. A line is the interquartile mean"
                        + " over seeds, its band the 95 % stratified bootstrap interval at each place. A line ends where"
                        + " the shortest of its runs ends; runs that failed or diverged are left out."
                        + (all.size() > SHOWN ? " The first " + SHOWN + " of " + all.size() + " lines." : ""),
                lines.size() + " lines.",
                Kind.LINES,
                new Column("samples of training, both levels", MetricTable.boxed(places), false),
                new Scale("leader\u2019s objective", false),
                lines));
    }

    private static Series line(Group group, double[] places) {
        String seeds = group.curves() == 1 ? " (1 run)" : " (" + group.curves() + " runs)";
        boolean sampled = group.last() > 0;
        List<Interval> intervals = new ArrayList<>();
        for (double place : places) {
            boolean inside = !sampled || (place >= group.first() && place <= group.last());
            intervals.add(inside ? group.at(sampled ? place : 0) : new Interval(Double.NaN, Double.NaN, Double.NaN));
        }
        Series line = Series.of(group.label() + seeds, intervals);
        return sampled ? line : new Series(group.label() + " (takes no samples)", line.values()).as(Style.REFERENCE);
    }
}
