package io.stackel.report;

import io.stackel.run.StatusReport;
import io.stackel.store.RunState;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Trials of a made-up sweep: objective = (step size - .3)^2 + .2 (method b) + noise; every 77th fails. */
final class ManyTrials {

    static final List<String> AXES = List.of("upper.stepSize", "method");

    private ManyTrials() {}

    /** So many trials, ten seeds a cell, each with a text in its names and reasons. */
    static List<TrialSummary> of(int count, String text) {
        SplittableRandom random = new SplittableRandom(3);
        List<TrialSummary> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> axes = new LinkedHashMap<>();
            double step = (1 + i / 20 % 10) / 10.0;
            boolean second = i / 10 % 2 == 1;
            axes.put(AXES.get(0), Double.toString(step));
            axes.put(AXES.get(1), (second ? "b" : "a") + text);
            String name = "trial-" + i + text;
            URI run = URI.create("file:/sweeps/one/trials/" + i);
            if (i % 77 == 76) {
                trials.add(new TrialSummary(
                        name,
                        axes,
                        i % 10,
                        run,
                        RunState.FAILED,
                        Optional.of(2),
                        "upper.stepSize must be positive, but was poisoned" + text,
                        Optional.empty(),
                        TrialSummary.Rows.NONE));
                continue;
            }
            double objective = (step - 0.3) * (step - 0.3) + (second ? 0.2 : 0) + 0.05 * random.nextDouble();
            double gap = Math.pow(10, -4 + 3 * random.nextDouble() - (second ? 2 : 0));
            trials.add(new TrialSummary(
                    name,
                    axes,
                    i % 10,
                    run,
                    RunState.COMPLETE,
                    Optional.of(0),
                    "",
                    Optional.of(status(Map.of(
                            "upperObjective",
                            objective,
                            "upperObjectiveAtBestResponse",
                            objective,
                            "lowerGap",
                            gap,
                            "samples",
                            1e6,
                            "wallSeconds",
                            3.5,
                            "stateSha256",
                            "0123456789abcdef".repeat(4)))),
                    new TrialSummary.Rows(
                            new double[] {0, 5e5, 1e6},
                            Map.of("upperObjectiveAtBestResponse", new double[] {1, 0.5 + objective / 2, objective}))));
        }
        return trials;
    }

    /** A status with these entries alone. */
    static StatusReport status(Map<String, Object> entries) {
        Map<String, Object> known = new LinkedHashMap<>();
        entries.forEach((key, value) -> known.put(key, Optional.of(value)));
        return new StatusReport(known);
    }
}
