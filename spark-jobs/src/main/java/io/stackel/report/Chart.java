package io.stackel.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Lines over one axis, drawn in the browser from the page's data.
 *
 * @param id a name of letters, digits and hyphens, one of its kind on the page
 * @param title of the figure
 * @param explains what is to be seen and what is good, for somebody who has never seen the quantity
 * @param summary what the lines say, for those who do not see them
 * @param x the axis that all lines share
 * @param label of the vertical axis
 * @param logarithmic whether the vertical axis is
 * @param series at least one
 */
record Chart(
        String id,
        String title,
        String explains,
        String summary,
        Axis x,
        String label,
        boolean logarithmic,
        List<Series> series) {

    /**
     * A horizontal axis.
     *
     * @param values a {@link Double}, {@link Long}, {@link String} for what is not finite, or an empty {@link Optional}
     */
    record Axis(String label, List<Object> values, boolean logarithmic) {}

    /**
     * A line.
     *
     * @param values as those of the axis
     * @param band what is shaded around it
     * @param style how it is drawn
     */
    record Series(String label, List<Object> values, Optional<Band> band, Style style) {

        /** A line without a band. */
        Series(String label, List<Object> values) {
            this(label, values, Optional.empty(), Style.LINE);
        }

        /** The same values drawn otherwise. */
        Series as(Style other) {
            return new Series(label, values, band, other);
        }

        /** The same values with what is shaded around them. */
        Series within(Band around) {
            return new Series(label, values, Optional.of(around), style);
        }

        /** The values that are numbers. */
        DoubleStream numbers() {
            return values.stream()
                    .filter(Number.class::isInstance)
                    .mapToDouble(value -> ((Number) value).doubleValue());
        }
    }

    /** How a series is drawn. */
    enum Style {
        /** Neighbours are joined. */
        LINE,
        /** Neighbours are not comparable. */
        DOTS,
        /** Something to compare with, and no measurement. */
        REFERENCE
    }

    /** Lower and upper edge of what is shaded. */
    record Band(List<Object> low, List<Object> high) {}

    Chart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("chart " + id + " must have a series, but has none");
        }
    }

    /** What the script draws it from. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("title", title);
        tree.put("label", label);
        tree.put("log", logarithmic);
        tree.put("x", Map.of("label", x.label(), "log", x.logarithmic(), "values", x.values()));
        List<Object> lines = new ArrayList<>();
        for (Series one : series) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("label", one.label());
            line.put("values", one.values());
            line.put("reference", one.style() == Style.REFERENCE);
            line.put("dots", one.style() == Style.DOTS);
            one.band().ifPresent(band -> {
                line.put("low", band.low());
                line.put("high", band.high());
            });
            lines.add(line);
        }
        tree.put("series", lines);
        return tree;
    }

    /** The figure that the script fills. */
    Html figure() {
        String told = title + ". " + summary + " Arrow keys read the rows.";
        return new Html()
                .open("figure.card", "id", "chart-" + id)
                .open("figcaption")
                .element("h3", title)
                .element("p.explains", explains)
                .close()
                .element(
                        "div.plot",
                        "",
                        "tabindex",
                        0,
                        "role",
                        "group",
                        "aria-roledescription",
                        "chart",
                        "aria-label",
                        told)
                .element("output.reading", "", "aria-live", "polite")
                .open("details")
                .element("summary", "Data table: " + title)
                .element("div.scroll", "", "tabindex", 0, "role", "region", "aria-label", "Data of: " + title)
                .close()
                .close();
    }
}
