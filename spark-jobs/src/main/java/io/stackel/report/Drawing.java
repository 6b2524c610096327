package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What drawings in SVG have in common: numbers as text, and a frame with ticks. */
final class Drawing {

    private Drawing() {}

    /** A length with one digit after the point. */
    static String length(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A drawing that a screen reader names. */
    static Html begin(double width, double height, String name) {
        return new Html()
                .open(
                        "svg",
                        "viewBox",
                        "0 0 " + length(width) + " " + length(height),
                        "role",
                        "img",
                        "aria-label",
                        name);
    }

    /** Ticks and name of a horizontal axis at a height, with lines up to {@code top}. */
    static void horizontal(AxisScale scale, String name, double bottom, double top, Html into) {
        for (double tick : scale.ticks()) {
            String x = length(scale.at(tick));
            into.shape("line", "class", "grid", "x1", x, "x2", x, "y1", length(top), "y2", length(bottom));
            label(into, Quantities.significant(tick), x, length(bottom + 16), "middle");
        }
        double middle = (scale.from() + scale.to()) / 2;
        label(into, name, length(middle), length(bottom + 36), "middle");
    }

    /** Ticks and name of a vertical axis at the left, with lines to {@code right}. */
    static void vertical(AxisScale scale, String name, double left, double right, Html into) {
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            into.shape(
                    "line", "class", "grid", "x1", length(left), "x2", length(right), "y1", length(y), "y2", length(y));
            label(into, Quantities.significant(tick), length(left - 6), length(y + 4), "end");
        }
        double middle = (scale.from() + scale.to()) / 2;
        label(into, name, "14", length(middle), "middle", "transform", "rotate(-90 14 " + length(middle) + ")");
    }

    private static void label(Html into, String text, String x, String y, String anchor, String... more) {
        List<String> attributes = new ArrayList<>(
                List.of("class", "soft-text", "x", x, "y", y, "font-size", "12", "text-anchor", anchor));
        attributes.addAll(List.of(more));
        into.element("text", text, attributes.toArray(String[]::new));
    }
}
