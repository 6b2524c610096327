package io.stackel.report;

import io.stackel.report.Chart.Axis;
import io.stackel.report.Chart.Series;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the time of a run went, from its rows of timings. */
final class RunTime {

    private RunTime() {}

    /** Speed over the course of the run, between rows that are at least a little apart; nothing from fewer than three. */
    static Optional<Chart> chart(MetricTable timings) {
        MetricTable rows = timings.where("event", "row").thinned(200);
        double[] wall = rows.numbers("wallSeconds");
        double[] iteration = rows.numbers("iteration");
        double[] samples = rows.numbers("samples");
        List<Object> at = new ArrayList<>();
        List<Object> iterations = new ArrayList<>();
        List<Object> steps = new ArrayList<>();
        boolean sampled = false;
        for (int i = 1; i < wall.length; i++) {
            double seconds = wall[i] - wall[i - 1];
            if (seconds > 0) {
                at.add(wall[i]);
                iterations.add((iteration[i] - iteration[i - 1]) / seconds);
                double rate = (samples[i] - samples[i - 1]) / seconds;
                steps.add(rate);
                sampled |= rate > 0;
            }
        }
        if (at.size() < 3) {
            return Optional.empty();
        }
        String which = sampled ? "samples a second" : "iterations a second";
        return Optional.of(new Chart(
                "speed",
                "Speed",
                "What the run did in each second between two rows, evaluation and commits included.",
                "From " + Quantities.significant((Double) (sampled ? steps : iterations).get(0)) + " to "
                        + Quantities.significant((Double) (sampled ? steps : iterations).get(at.size() - 1)) + " "
                        + which
                        + ".",
                new Axis("seconds of all drivers", at, false),
                which,
                false,
                List.of(new Series(which, sampled ? steps : iterations))));
    }
}
