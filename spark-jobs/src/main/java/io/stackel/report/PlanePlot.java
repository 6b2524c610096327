package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.run.Quantities;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The plane of lower gap (logarithmic) and upper objective: what is good stands low (objective) and left (gap). */
final class PlanePlot {

    private static final double LEFT = 84;
    private static final double TOP = 12;

    private PlanePlot() {}

    /** The way of a run, if there are rows with both figures and with gaps above zero. */
    static Optional<Html> ofRun(MetricTable rows) {
        double[] gaps = rows.numbers(Evaluation.LOWER_GAP);
        double[] objectives = rows.numbers(Evaluation.UPPER_OBJECTIVE);
        int[] known = IntStream.range(0, gaps.length)
                .filter(row -> gaps[row] > 0 && Double.isFinite(objectives[row]))
                .toArray();
        if (known.length < 3) {
            return Optional.empty();
        }
        return Optional.of(Html.figure(
                "Gap and objective together",
                "Each dot is a row, the darker the later. Down is better for the leader, left means the follower responds. A run that"
                        + " goes down by going right gains only from a follower that has not caught up.",
                way(
                        Arrays.stream(known).mapToDouble(row -> gaps[row]).toArray(),
                        Arrays.stream(known).mapToDouble(row -> objectives[row]).toArray())));
    }

    private static Html way(double[] gaps, double[] objectives) {
        double width = 640;
        double bottom = 280;
        int last = gaps.length - 1;
        AxisScale across = AxisScale.over(gaps, true, LEFT, width - 12);
        AxisScale up = AxisScale.over(objectives, false, bottom, TOP);
        double[] x = Arrays.stream(gaps).map(across::at).toArray();
        double[] y = Arrays.stream(objectives).map(up::at).toArray();
        Drawing drawing = new Drawing(
                        width,
                        bottom + 50,
                        "The run from start (" + place(gaps[0], objectives[0]) + ") to end ("
                                + place(gaps[last], objectives[last]) + ").")
                .horizontal(across, "lower gap (logarithmic)", bottom, TOP)
                .vertical(up, "upper objective", LEFT, width - 12)
                .path("path", x, y, "opacity", "0.35");
        for (int i = 0; i < x.length; i++) {
            drawing.circle("dot", x[i], y[i], 3.5, "opacity", 0.25 + 0.75 * (i + 1.0) / x.length);
        }
        mark("begin", "start", x[0], y[0], 6, drawing);
        mark("end", "end", x[last], y[last], 7, drawing);
        return drawing.html();
    }

    private static String place(double gap, double objective) {
        return "gap " + Quantities.significant(gap) + ", objective " + Quantities.significant(objective);
    }

    private static void mark(String style, String word, double x, double y, double radius, Drawing into) {
        boolean right = x > 560;
        into.circle(style, x, y, radius);
        double above = y < TOP + 16 ? y + 16 : y - 8;
        into.text("text", word, right ? x - 10 : x + 10, above, right ? "end" : "start", 13, "font-weight", 600);
    }

    /** Every trial that has both figures, with the bound on the gap. */
    static Html ofTrials(List<TrialSummary> trials, String objective, SweepRules rules) {
        double width = 720;
        double bottom = 300;
        double[] gaps = trials.stream()
                .mapToDouble(trial -> trial.figure(Evaluation.LOWER_GAP))
                .toArray();
        double[] objectives =
                trials.stream().mapToDouble(trial -> trial.figure(objective)).toArray();
        double[] ends = Arrays.copyOf(gaps, gaps.length + 1);
        ends[gaps.length] = rules.lowerGap().orElse(gaps[0]);
        AxisScale across = AxisScale.over(ends, true, LEFT, width - 12);
        AxisScale up = AxisScale.over(objectives, false, bottom, TOP);
        Drawing drawing = new Drawing(
                        width,
                        bottom + 44,
                        "Trials by lower gap and objective; the table of all trials has the numbers.")
                .horizontal(across, "lower gap (logarithmic; zero at the left edge)", bottom, TOP)
                .vertical(up, "leader's objective", LEFT, width - 12);
        rules.lowerGap().ifPresent(bound -> {
            double x = across.at(bound);
            drawing.line("axis", x, x, TOP, bottom, "stroke-dasharray", "5 4");
        });
        for (int i = 0; i < gaps.length; i++) {
            String style = rules.feasible(trials.get(i)) ? "dot" : "begin";
            drawing.group(trials.get(i).name() + ": " + place(gaps[i], objectives[i]))
                    .circle(style, across.at(gaps[i]), up.at(objectives[i]), 4, "opacity", "0.75")
                    .end();
        }
        return drawing.html();
    }
}
