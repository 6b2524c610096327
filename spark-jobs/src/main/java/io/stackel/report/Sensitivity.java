package io.stackel.report;

import io.stackel.math.Statistics;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each axis of a sweep does to the objective, all else mixed. */
final class Sensitivity {

    /** An axis of more values than this, all of them numbers, is cut into so many ranges of equal counts. */
    private static final int VALUES = 8;

    private static final int RANGES = 4;

    private final List<SweepCell> cells;

    Sensitivity(List<SweepCell> cells) {
        this.cells = cells;
    }

    /**
     * Draws how the objective depends on one axis.
     *
     * @param number of the axis, which addresses its resamples
     */
    Html figure(String axis, int number) {
        Map<String, List<double[]>> groups = groups(axis);
        List<IntervalPlot.Line> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((value, strata) -> {
            var interval = SweepCell.interval(strata, 100_000 * (number + 1) + lines.size());
            lines.add(new IntervalPlot.Line(value, interval, true));
            rows.add(List.of(
                    value,
                    Integer.toString(
                            strata.stream().mapToInt(stratum -> stratum.length).sum()),
                    Quantities.significant(interval.mean()),
                    Quantities.significant(interval.low()),
                    Quantities.significant(interval.high())));
        });
        Html html =
                new Html().open("figure", "class", "card").open("figcaption").element("h3", axis);
        html.element(
                        "p",
                        "Interquartile mean over all complete trials with each value, resampled within cells; lower is"
                                + " better. A long way between the dots means that this axis matters.",
                        "class",
                        "explains")
                .close();
        if (lines.isEmpty()) {
            return html.element("p", "No trial is complete yet.").close();
        }
        return html.add(IntervalPlot.drawing(lines, "leader's objective", axis + "; the table below has the numbers."))
                .add(new Table(
                                "Objective by " + axis,
                                List.of("value", "trials", "interquartile mean", "low", "high"),
                                Set.of(1, 2, 3, 4),
                                rows)
                        .folded())
                .close();
    }

    private Map<String, List<double[]>> groups(String axis) {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        List<SweepCell> scored = cells.stream()
                .filter(cell -> cell.scores().length > 0 && cell.axes().containsKey(axis))
                .toList();
        boolean numbers = scored.stream().allMatch(cell -> isNumber(cell.axes().get(axis)));
        double[] values = numbers
                ? scored.stream()
                        .mapToDouble(cell -> Double.parseDouble(cell.axes().get(axis)))
                        .toArray()
                : new double[0];
        if (java.util.Arrays.stream(values).distinct().count() > VALUES) {
            return ranges(scored, axis, values);
        }
        Map<String, List<double[]>> sorted = numbers
                ? new TreeMap<>(java.util.Comparator.comparingDouble(Double::parseDouble)
                        .thenComparing(java.util.Comparator.naturalOrder()))
                : groups;
        for (SweepCell cell : scored) {
            sorted.computeIfAbsent(cell.axes().get(axis), value -> new ArrayList<>())
                    .add(cell.scores());
        }
        return sorted;
    }

    private static Map<String, List<double[]>> ranges(List<SweepCell> scored, String axis, double[] values) {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        for (int range = 0; range < RANGES; range++) {
            double low = Statistics.quantile(values, (double) range / RANGES);
            double high = Statistics.quantile(values, (range + 1.0) / RANGES);
            List<double[]> strata = new ArrayList<>();
            for (SweepCell cell : scored) {
                double value = Double.parseDouble(cell.axes().get(axis));
                boolean last = range + 1 == RANGES;
                if (value >= low && (value < high || (last && value <= high))) {
                    strata.add(cell.scores());
                }
            }
            if (!strata.isEmpty()) {
                groups.put(Quantities.significant(low) + " to " + Quantities.significant(high), strata);
            }
        }
        return groups;
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
    }
}
