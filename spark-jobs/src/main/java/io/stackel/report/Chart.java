package io.stackel.report;

import io.stackel.math.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A table of a first column and some series, and how the browser draws it. This is the data model of the pages:
 * spark-jobs/README.md documents {@link #tree}.
 *
 * @param id a name of letters, digits and hyphens, one of its kind on the page
 * @param title of the figure
 * @param explains what is to be seen and what is good, for somebody who has never seen the quantity; may be empty
 * @param summary what the series say, for those who do not see them
 * @param kind how it is drawn
 * @param x the first column, which all series share
 * @param y the axis of the series' values
 * @param series at least one
 * @param more what one kind needs beyond that
 */
record Chart(
        String id,
        String title,
        String explains,
        String summary,
        Kind kind,
        Column x,
        Scale y,
        List<Series> series,
        Map<String, Object> more) {

    /** How a chart is drawn. */
    enum Kind {
        /** Lines, dots and bands; the first column has numbers. */
        LINES,
        /** A row for each text of the first column, with marks and the way between them. */
        ROWS,
        /** Shades for values in [0, 1]: a row for each text of the first column, a column for each series. */
        CELLS,
        /** A map from above: shades for the first series, circles for the second; {@code more} has the map. */
        GRID
    }

    /** An axis. */
    record Scale(String label, boolean logarithmic) {}

    /**
     * The first column.
     *
     * @param values a {@link Double}, {@link Long}, {@link String} for text and what is not finite, or an empty {@link Optional}
     * @param names of the rows where the values are numbers; may be empty
     */
    record Column(String label, List<Object> values, boolean logarithmic, List<String> names) {

        /** Numbers. */
        Column(String label, List<Object> values, boolean logarithmic) {
            this(label, values, logarithmic, List.of());
        }

        /** Texts. */
        static Column texts(String label, List<String> values) {
            return new Column(label, List.copyOf(values), false);
        }
    }

    /**
     * A line.
     *
     * @param values as those of the first column
     * @param band what is shaded around it
     * @param style how it is drawn
     */
    record Series(String label, List<Object> values, Optional<Band> band, Style style) {

        /** A line without a band. */
        Series(String label, List<Object> values) {
            this(label, values, Optional.empty(), Style.LINE);
        }

        /** Estimates with their intervals. */
        static Series of(String label, List<Interval> intervals) {
            return new Series(label, boxed(intervals.stream().mapToDouble(Interval::mean)))
                    .within(new Band(
                            boxed(intervals.stream().mapToDouble(Interval::low)),
                            boxed(intervals.stream().mapToDouble(Interval::high))));
        }

        private static List<Object> boxed(DoubleStream numbers) {
            return MetricTable.boxed(numbers.toArray());
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
        /** Dots of what does not count. */
        RINGS,
        /** Neighbours are joined thinly, later dots are stronger. */
        WAY,
        /** Something to compare with, and no measurement. */
        REFERENCE
    }

    /** Lower and upper edge of what is shaded. */
    record Band(List<Object> low, List<Object> high) {}

    Chart {
        series = List.copyOf(series);
        more = Map.copyOf(more);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("chart " + id + " must have a series, but has none");
        }
    }

    /** A chart that needs nothing beyond its table. */
    Chart(String id, String title, String explains, String summary, Kind kind, Column x, Scale y, List<Series> series) {
        this(id, title, explains, summary, kind, x, y, series, Map.of());
    }

    /** One estimate with its interval in each row, some of them as rings. */
    static Chart ofRows(
            String id,
            String title,
            String explains,
            Column names,
            String label,
            List<Interval> rows,
            boolean[] counts) {
        Series all = Series.of("interquartile mean", rows);
        List<Series> series = new ArrayList<>();
        for (boolean counted : new boolean[] {true, false}) {
            List<Object> values = new ArrayList<>(all.values());
            for (int i = 0; i < counts.length; i++) {
                values.set(i, counts[i] == counted ? values.get(i) : Optional.empty());
            }
            boolean any = values.stream().anyMatch(Number.class::isInstance);
            if (any) {
                series.add(new Series(
                        counted ? all.label() : all.label() + " (does not count)",
                        values,
                        all.band(),
                        counted ? Style.DOTS : Style.RINGS));
            }
        }
        return new Chart(
                id,
                title,
                explains,
                names.values().size() + " rows.",
                Kind.ROWS,
                names,
                new Scale(label, false),
                series);
    }

    /** Probabilities, a row for each name and a column for each action. */
    static Chart ofPolicy(String id, String title, List<String> states, List<String> actions, double[] probabilities) {
        List<Series> columns = new ArrayList<>();
        for (int b = 0; b < actions.size(); b++) {
            double[] column = new double[states.size()];
            for (int s = 0; s < column.length; s++) {
                column[s] = probabilities[s * actions.size() + b];
            }
            columns.add(new Series(actions.get(b), MetricTable.boxed(column)));
        }
        return new Chart(
                id,
                title,
                "Probability of each action (column) in each state (row): the stronger the shade, the more likely.",
                states.size() + " states, " + actions.size() + " actions.",
                Kind.CELLS,
                Column.texts("state", states),
                new Scale("probability", false),
                columns);
    }

    /** What the script draws it from. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>(more);
        tree.put("id", id);
        tree.put("title", title);
        tree.put("kind", word(kind));
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("label", x.label());
        first.put("log", x.logarithmic());
        first.put("values", x.values());
        if (!x.names().isEmpty()) {
            first.put("names", x.names());
        }
        tree.put("x", first);
        tree.put("y", Map.of("label", y.label(), "log", y.logarithmic()));
        tree.put("series", series.stream().map(Chart::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Series one) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("label", one.label());
        line.put("style", word(one.style()));
        line.put("values", one.values());
        one.band().ifPresent(band -> {
            line.put("low", band.low());
            line.put("high", band.high());
        });
        return line;
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** The figure that the script fills. */
    Html figure() {
        String told = title + ". " + summary + " Arrow keys read the rows.";
        Html html = new Html()
                .open("figure.card", "id", "chart-" + id)
                .open("figcaption")
                .element("h3", title);
        if (!explains.isEmpty()) {
            html.element("p.explains", explains);
        }
        return html.close()
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
