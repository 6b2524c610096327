package io.stackel.report;

import io.stackel.math.Bootstrap.Interval;
import io.stackel.math.Statistics;
import io.stackel.report.Chart.Column;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each axis of a sweep does to the objective, all else mixed. */
final class Sensitivity {

    /** An axis of more values than this, all of them numbers, is cut into so many ranges of equal counts. */
    private static final int VALUES = 8;

    private static final int RANGES = 4;

    /** All trials with a value or range of the axis. */
    private record Group(String value, int trials, Interval interval) {}

    private final List<SweepCell> cells;

    Sensitivity(List<SweepCell> cells) {
        this.cells = cells;
    }

    /**
     * How the objective depends on one axis; nothing while no trial is complete.
     *
     * @param number of the axis, which addresses its resamples
     */
    Optional<Chart> chart(String axis, int number) {
        List<Group> groups = new ArrayList<>();
        groups(axis)
                .forEach((value, strata) -> groups.add(new Group(
                        value,
                        strata.stream().mapToInt(stratum -> stratum.length).sum(),
                        SweepCell.interval(strata, 100_000 * (number + 1) + groups.size()))));
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        boolean[] counts = new boolean[groups.size()];
        Arrays.fill(counts, true);
        return Optional.of(Chart.ofRows(
                "axis-" + number,
                axis,
                "Interquartile mean over all complete trials with each value, resampled within cells; lower is"
                        + " better. A long way between the dots means that this axis matters.",
                Column.texts(
                        "value",
                        groups.stream()
                                .map(group -> group.value + " (" + group.trials + " trials)")
                                .toList()),
                "leader\u2019s objective",
                groups.stream().map(Group::interval).toList(),
                counts));
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
        if (Arrays.stream(values).distinct().count() > VALUES) {
            return ranges(scored, values);
        }
        Map<String, List<double[]>> sorted = numbers
                ? new TreeMap<>(
                        Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder()))
                : groups;
        for (SweepCell cell : scored) {
            sorted.computeIfAbsent(cell.axes().get(axis), value -> new ArrayList<>())
                    .add(cell.scores());
        }
        return sorted;
    }

    private static Map<String, List<double[]>> ranges(List<SweepCell> scored, double[] values) {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        for (int range = 0; range < RANGES; range++) {
            double low = Statistics.quantile(values, (double) range / RANGES);
            double high = Statistics.quantile(values, (range + 1.0) / RANGES);
            boolean last = range + 1 == RANGES;
            List<double[]> strata = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] >= low && (values[i] < high || (last && values[i] <= high))) {
                    strata.add(scored.get(i).scores());
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
