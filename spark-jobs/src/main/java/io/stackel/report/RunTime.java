package io.stackel.report;

import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.run.Quantities;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where the time of a run went, from its rows of timings. */
final class RunTime {

    private RunTime() {}

    /** Speed over the course of the run, between rows that are at least a little apart; nothing from fewer than three. */
    static Optional<Chart> chart(MetricTable timings) {
        MetricTable rows = timings.where("event", "row").thinned(200);
        double[] wall = rows.numbers("wallSeconds");
        int[] apart = IntStream.range(1, Math.max(1, wall.length))
                .filter(i -> wall[i] > wall[i - 1])
                .toArray();
        if (apart.length < 3) {
            return Optional.empty();
        }
        boolean sampled = Arrays.stream(rates(rows, "samples", wall, apart)).anyMatch(rate -> rate > 0);
        String which = sampled ? "samples a second" : "iterations a second";
        double[] rates = rates(rows, sampled ? "samples" : "iteration", wall, apart);
        double[] at = Arrays.stream(apart).mapToDouble(i -> wall[i]).toArray();
        return Optional.of(new Chart(
                "speed",
                "Speed",
                "How fast the run was from each row to the next, with evaluation and commits.",
                "From " + Quantities.significant(rates[0]) + " to " + Quantities.significant(rates[rates.length - 1])
                        + " " + which + ".",
                Kind.LINES,
                new Column("seconds of all drivers", MetricTable.boxed(at), false),
                new Scale(which, false),
                List.of(new Series(which, MetricTable.boxed(rates)))));
    }

    private static double[] rates(MetricTable rows, String key, double[] wall, int[] apart) {
        double[] count = rows.numbers(key);
        return Arrays.stream(apart)
                .mapToDouble(i -> (count[i] - count[i - 1]) / (wall[i] - wall[i - 1]))
                .toArray();
    }
}
