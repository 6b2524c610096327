package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.Locale;
import java.util.stream.Stream;

/** A drawing in SVG that grows from back to front; lengths and places are in its own pixels. */
final class Drawing {

    private final Html html = new Html();

    /** Begins a drawing that a screen reader names. */
    Drawing(double width, double height, String name) {
        String box = String.format(Locale.ROOT, "0 0 %.1f %.1f", width, height);
        html.open("svg", "viewBox", box, "role", "img", "aria-label", name);
    }

    /** The drawing. */
    Html html() {
        return html.close();
    }

    Drawing line(String style, double x1, double x2, double y1, double y2, Object... more) {
        html.shape("line." + style, with(more, "x1", x1, "x2", x2, "y1", y1, "y2", y2));
        return this;
    }

    Drawing circle(String style, double x, double y, double radius, Object... more) {
        html.shape("circle." + style, with(more, "cx", x, "cy", y, "r", radius));
        return this;
    }

    /** A square by its upper left corner; one that nobody would see is left out. */
    Drawing square(String style, double x, double y, double side, double opacity) {
        if (opacity > 0.005) {
            String shown = String.format(Locale.ROOT, "%.3f", opacity);
            html.shape("rect." + style, "x", x, "y", y, "width", side, "height", side, "opacity", shown);
        }
        return this;
    }

    /** A line through points. */
    Drawing path(String style, double[] x, double[] y, Object... more) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x[i], y[i]));
        }
        html.shape("path." + style, with(more, "d", path));
        return this;
    }

    /**
     * Writes a text.
     *
     * @param element {@code text}, with its style
     * @param anchor which end of the text stands at {@code x}
     */
    Drawing text(String element, String text, double x, double y, String anchor, int size, Object... more) {
        html.element(element, text, with(more, "x", x, "y", y, "font-size", size, "text-anchor", anchor));
        return this;
    }

    /** Begins a group of shapes with a title that is shown where the pointer rests. */
    Drawing group(String title) {
        html.open("g").element("title", title);
        return this;
    }

    /** Ends a group. */
    Drawing end() {
        html.close();
        return this;
    }

    /** Ticks and name of a horizontal axis at a height, with lines up to {@code top}. */
    Drawing horizontal(AxisScale scale, String name, double bottom, double top) {
        for (double tick : scale.ticks()) {
            double x = scale.at(tick);
            line("grid", x, x, top, bottom);
            text("text.soft-text", Quantities.significant(tick), x, bottom + 16, "middle", 12);
        }
        return text("text.soft-text", name, scale.middle(), bottom + 36, "middle", 12);
    }

    /** Ticks and name of a vertical axis at the left, with lines to {@code right}. */
    Drawing vertical(AxisScale scale, String name, double left, double right) {
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            line("grid", left, right, y, y);
            text("text.soft-text", Quantities.significant(tick), left - 6, y + 4, "end", 12);
        }
        String turned = String.format(Locale.ROOT, "rotate(-90 14 %.1f)", scale.middle());
        return text("text.soft-text", name, 14, scale.middle(), "middle", 12, "transform", turned);
    }

    private static Object[] with(Object[] more, Object... attributes) {
        return Stream.of(attributes, more).flatMap(Stream::of).toArray();
    }
}
