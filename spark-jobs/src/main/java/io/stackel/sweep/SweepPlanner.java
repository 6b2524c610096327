package io.stackel.sweep;

import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepConfiguration.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the trials of a sweep out of its points. */
public final class SweepPlanner {

    private SweepPlanner() {}

    /**
     * Plans a sweep: resolves every point and drops those that are the same run.
     *
     * @param resolver gives the run that a point of the sweep would be
     * @throws IllegalArgumentException if an axis changes nothing, or no trial is left
     */
    public static SweepPlan plan(SweepConfiguration sweep, Function<Point, Trial> resolver) {
        Map<String, Trial> trials = new LinkedHashMap<>();
        List<SweepPlan.Duplicate> duplicates = new ArrayList<>();
        for (Point point : sweep.points()) {
            Trial run = resolver.apply(point);
            Trial first = trials.putIfAbsent(run.identity(), run);
            if (first != null) {
                duplicates.add(new SweepPlan.Duplicate(first.name(), point.labels(), point.seed()));
            }
        }
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("exclude must leave a trial, but leaves none");
        }
        SweepPlan plan = new SweepPlan(
                sweep.name(),
                sweep.axes(),
                sweep.requirements(),
                sweep.references(),
                List.copyOf(trials.values()),
                duplicates);
        requireEveryAxisToMatter(plan);
        return plan;
    }

    /** An axis matters if two trials differ in it; where all points of different values are the same runs none do. */
    private static void requireEveryAxisToMatter(SweepPlan plan) {
        Map<String, Trial> named = plan.trials().stream().collect(Collectors.toMap(Trial::name, trial -> trial));
        for (String axis : plan.axes()) {
            boolean merged = plan.duplicates().stream()
                    .anyMatch(duplicate -> !duplicate
                            .axes()
                            .get(axis)
                            .equals(named.get(duplicate.of()).axes().get(axis)));
            long values = plan.trials().stream()
                    .map(trial -> trial.axes().get(axis))
                    .distinct()
                    .count();
            if (merged && values == 1) {
                throw new IllegalArgumentException(
                        "the axis " + axis
                                + " changes nothing: all of its values make the same runs. Keys that only end a run or say how it"
                                + " is recorded (stop.*, checkpoint.*, name) are not part of what a run is; give them in 'set'");
            }
        }
    }
}
