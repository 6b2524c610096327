package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.run.Quantities;
import java.util.Optional;

/** The way of a run in the plane of lower gap and upper objective: good runs end low (objective) and left (gap). */
final class PlanePlot {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 330;
    private static final double LEFT = 84;
    private static final double BOTTOM = 280;
    private static final double TOP = 12;

    private PlanePlot() {}

    /** The figure, if there are rows with both figures and with gaps above zero. */
    static Optional<Html> figure(MetricTable rows) {
        double[] gap = rows.numbers(Evaluation.LOWER_GAP);
        double[] objective = rows.numbers(Evaluation.UPPER_OBJECTIVE);
        int points = 0;
        for (int i = 0; i < gap.length; i++) {
            if (gap[i] > 0 && Double.isFinite(objective[i])) {
                gap[points] = gap[i];
                objective[points++] = objective[i];
            }
        }
        if (points < 3) {
            return Optional.empty();
        }
        double[] x = java.util.Arrays.copyOf(gap, points);
        double[] y = java.util.Arrays.copyOf(objective, points);
        String name = "The run from start (" + place(x, y, 0) + ") to end (" + place(x, y, points - 1) + ").";
        Html html = new Html().open("figure", "class", "card").open("figcaption");
        html.element("h3", "Gap and objective together")
                .element(
                        "p",
                        "Each dot is a row, the darker the later. Down is better for the leader, left means the follower responds. A run that"
                                + " goes down by going right gains only from a follower that has not caught up.",
                        "class",
                        "explains")
                .close();
        return Optional.of(html.add(drawing(x, y, name)).close());
    }

    private static String place(double[] x, double[] y, int i) {
        return "gap " + Quantities.significant(x[i]) + ", objective " + Quantities.significant(y[i]);
    }

    private static Html drawing(double[] x, double[] y, String name) {
        AxisScale across = AxisScale.over(x, true, LEFT, WIDTH - 12);
        AxisScale up = AxisScale.over(y, false, BOTTOM, TOP);
        Html html = Drawing.begin(WIDTH, HEIGHT, name);
        Drawing.horizontal(across, "lower gap (logarithmic)", BOTTOM, TOP, html);
        Drawing.vertical(up, "upper objective", LEFT, WIDTH - 12, html);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            path.append(i == 0 ? "M" : "L")
                    .append(Drawing.length(across.at(x[i])))
                    .append(' ')
                    .append(Drawing.length(up.at(y[i])));
        }
        html.shape("path", "class", "path", "opacity", "0.35", "d", path.toString());
        for (int i = 0; i < x.length; i++) {
            double age = (i + 1.0) / x.length;
            dot(across.at(x[i]), up.at(y[i]), "dot", 3.5, 0.25 + 0.75 * age, html);
        }
        dot(across.at(x[0]), up.at(y[0]), "begin", 6, 1, html);
        label("start", across.at(x[0]), up.at(y[0]), html);
        int last = x.length - 1;
        dot(across.at(x[last]), up.at(y[last]), "end", 7, 1, html);
        label("end", across.at(x[last]), up.at(y[last]), html);
        return html.close();
    }

    private static void dot(double x, double y, String style, double radius, double opacity, Html into) {
        into.shape(
                "circle",
                "class",
                style,
                "cx",
                Drawing.length(x),
                "cy",
                Drawing.length(y),
                "r",
                Drawing.length(radius),
                "opacity",
                Drawing.length(opacity));
    }

    private static void label(String word, double x, double y, Html into) {
        boolean right = x > WIDTH - 80;
        into.element(
                "text",
                word,
                "x",
                Drawing.length(right ? x - 10 : x + 10),
                "y",
                Drawing.length(y < TOP + 16 ? y + 16 : y - 8),
                "font-size",
                "13",
                "font-weight",
                "600",
                "text-anchor",
                right ? "end" : "start");
    }
}
