package io.stackel.report;

import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Performance profiles: which share of a cell's trials reaches an objective, over all objectives. */
final class Profiles {

    private static final int SHOWN = 6;
    private static final int POINTS = 400;

    private Profiles() {}

    /** The chart of the best cells; nothing if there are fewer than two trials with scores. */
    static Optional<Chart> chart(List<SweepCell> cells) {
        List<SweepCell> shown = cells.stream()
                .filter(cell -> cell.scores().length > 0)
                .limit(SHOWN)
                .toList();
        double[] all = shown.stream()
                .flatMapToDouble(cell -> Arrays.stream(cell.scores()))
                .sorted()
                .toArray();
        if (all.length < 2 || all[0] == all[all.length - 1]) {
            return Optional.empty();
        }
        double low = all[0];
        double high = all[all.length - 1];
        double[] at = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            at[i] = low + (high - low) * i / (POINTS - 1);
        }
        at[POINTS - 1] = high;
        List<Series> lines = shown.stream()
                .map(cell -> new Series(cell.label(), shares(cell, at)))
                .toList();
        return Optional.of(new Chart(
                "profiles",
                "Performance profiles",
                "For each objective on the horizontal axis, the share of a cell's trials that reach it or better (trials"
                        + " that are not complete never do). A line further up and left is better; lines that cross mean"
                        + " that neither cell is always better. Up to " + SHOWN + " cells that rank highest.",
                "The best cell is " + shown.get(0).label() + ".",
                Kind.LINES,
                new Column("leader's objective (lower is better)", MetricTable.boxed(at), false),
                new Scale("share of trials", false),
                lines));
    }

    private static List<Object> shares(SweepCell cell, double[] at) {
        return MetricTable.boxed(Arrays.stream(at)
                .map(reach -> (double) Arrays.stream(cell.scores())
                                .filter(score -> score <= reach)
                                .count()
                        / cell.trials().size())
                .toArray());
    }
}
