package io.stackel.report;

import io.stackel.math.Bootstrap.Interval;
import io.stackel.run.Quantities;
import java.util.List;

/** Estimates with their intervals, one below the other. */
final class IntervalPlot {

    private static final double PLOT = 430;
    private static final double LETTER = 6.6;
    private static final double ROW = 24;
    private static final int LETTERS = 42;

    private IntervalPlot() {}

    /**
     * One line of the plot.
     *
     * @param label of the estimate
     * @param interval of it
     * @param counts whether it is ranked; drawn as a ring where not
     */
    record Line(String label, Interval interval, boolean counts) {}

    /** The drawing of at least one line. */
    static Html drawing(List<Line> lines, String axis, String name) {
        double bottom = 10 + ROW * lines.size();
        int longest = lines.stream()
                .mapToInt(line -> Math.min(LETTERS, line.label().length()))
                .max()
                .orElse(0);
        double left = 40 + LETTER * longest;
        double width = left + PLOT;
        Html html = Drawing.begin(width, bottom + 44, name);
        double[] ends = lines.stream()
                .flatMapToDouble(line -> java.util.stream.DoubleStream.of(
                        line.interval().low(), line.interval().high()))
                .toArray();
        AxisScale across = AxisScale.over(ends, false, left, width - 20);
        Drawing.horizontal(across, axis, bottom, 4, html);
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), across, 10 + ROW * (i + 0.5), left, html);
        }
        return html.close();
    }

    private static void line(Line line, AxisScale across, double height, double left, Html into) {
        Interval interval = line.interval();
        String y = Drawing.length(height);
        String label =
                line.label().length() > LETTERS ? line.label().substring(0, LETTERS - 1) + "\u2026" : line.label();
        into.open("g")
                .element(
                        "title",
                        line.label() + ": " + Quantities.significant(interval.mean()) + ", interval "
                                + Quantities.significant(interval.low()) + " to "
                                + Quantities.significant(interval.high()))
                .element(
                        "text",
                        label,
                        "x",
                        Drawing.length(left - 14),
                        "y",
                        Drawing.length(height + 4),
                        "font-size",
                        "12",
                        "text-anchor",
                        "end")
                .shape(
                        "line",
                        "class",
                        "interval",
                        "x1",
                        Drawing.length(across.at(interval.low())),
                        "x2",
                        Drawing.length(across.at(interval.high())),
                        "y1",
                        y,
                        "y2",
                        y)
                .shape(
                        "circle",
                        "class",
                        line.counts() ? "dot" : "begin",
                        "cx",
                        Drawing.length(across.at(interval.mean())),
                        "cy",
                        y,
                        "r",
                        "5.5")
                .close();
    }
}
