package io.stackel.run;

import io.stackel.experiment.JsonText;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A row of metrics as one line of JSON: keys sorted, the same bytes on every JDK. */
public final class MetricRow {

    /** Written as whole numbers, which they are. */
    private static final Set<String> COUNTS =
            Set.of("iteration", "step", "samples", "lowerSamples", "upperSamples", "evaluationSamples");

    private MetricRow() {}

    /** The line, with a line feed. */
    public static String line(SortedMap<String, Double> row) {
        SortedMap<String, Object> tree = new TreeMap<>();
        row.forEach((key, value) -> tree.put(key, COUNTS.contains(key) ? (Object) value.longValue() : value));
        return JsonText.compact(tree) + "\n";
    }
}
