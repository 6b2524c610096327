package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.run.Quantities;
import java.util.List;

/** Every complete trial in the plane of lower gap and objective, with the bound on the gap. */
final class FeasibilityPlot {

    private static final double WIDTH = 720;
    private static final double LEFT = 84;
    private static final double BOTTOM = 300;
    private static final double TOP = 12;

    private FeasibilityPlot() {}

    /** The drawing of trials that have both figures. */
    static Html drawing(List<TrialSummary> trials, String objective, SweepRules rules) {
        double[] gaps = trials.stream()
                .mapToDouble(trial -> trial.figure(Evaluation.LOWER_GAP))
                .toArray();
        double[] bound =
                rules.lowerGap().isPresent() ? new double[] {rules.lowerGap().getAsDouble()} : new double[0];
        double[] all = java.util.stream.DoubleStream.concat(
                        java.util.Arrays.stream(gaps), java.util.Arrays.stream(bound))
                .toArray();
        AxisScale across = AxisScale.over(all, true, LEFT, WIDTH - 12);
        AxisScale up = AxisScale.over(
                trials.stream().mapToDouble(trial -> trial.figure(objective)).toArray(), false, BOTTOM, TOP);
        Html html = Drawing.begin(
                WIDTH, BOTTOM + 44, "Trials by lower gap and objective; the table of all trials has the numbers.");
        Drawing.horizontal(across, "lower gap (logarithmic; zero at the left edge)", BOTTOM, TOP, html);
        Drawing.vertical(up, "leader's objective", LEFT, WIDTH - 12, html);
        for (double edge : bound) {
            String x = Drawing.length(across.at(edge));
            html.shape(
                    "line",
                    "class",
                    "axis",
                    "x1",
                    x,
                    "x2",
                    x,
                    "y1",
                    Drawing.length(TOP),
                    "y2",
                    Drawing.length(BOTTOM),
                    "stroke-dasharray",
                    "5 4");
        }
        for (TrialSummary trial : trials) {
            double gap = Math.max(trial.figure(Evaluation.LOWER_GAP), across.low());
            html.open("g")
                    .element(
                            "title",
                            trial.name() + ": gap " + Quantities.significant(trial.figure(Evaluation.LOWER_GAP))
                                    + ", objective " + Quantities.significant(trial.figure(objective)))
                    .shape(
                            "circle",
                            "class",
                            rules.feasible(trial) ? "dot" : "begin",
                            "cx",
                            Drawing.length(across.at(gap)),
                            "cy",
                            Drawing.length(up.at(trial.figure(objective))),
                            "r",
                            "4",
                            "opacity",
                            "0.75")
                    .close();
        }
        return html.close();
    }
}
