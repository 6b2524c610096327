package io.stackel.sweep;

import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepConfiguration.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the trials of a sweep out of its points. */
public final class SweepPlanner {

    private SweepPlanner() {}

    /** Decodes the shared configuration with overrides. */
    @FunctionalInterface
    public interface Resolver {

        /**
         * The run that a configuration would be.
         *
         * @param overrides {@code key=value}, in order
         * @throws io.stackel.experiment.ConfigurationException if a key or value is wrong
         */
        Resolved resolve(List<String> overrides);
    }

    /**
     * A resolved configuration.
     *
     * @param name of the run's directory
     * @param identity SHA-256
     * @param configuration every key after defaults, JSON
     */
    public record Resolved(String name, String identity, String configuration) {}

    /**
     * Plans a sweep: resolves every point and drops those that are the same run.
     *
     * @throws IllegalArgumentException if an axis changes nothing, or no trial is left
     */
    public static SweepPlan plan(SweepConfiguration sweep, Resolver resolver) {
        Map<String, Trial> trials = new LinkedHashMap<>();
        List<SweepPlan.Duplicate> duplicates = new ArrayList<>();
        for (Point point : sweep.points()) {
            Resolved run = resolver.resolve(point.overrides());
            Trial first = trials.get(run.identity());
            if (first == null) {
                trials.put(
                        run.identity(),
                        new Trial(run.name(), run.identity(), point.seed(), point.labels(), run.configuration()));
            } else {
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
        for (String axis : plan.axes()) {
            boolean merged = plan.duplicates().stream()
                    .anyMatch(duplicate -> !duplicate
                            .axes()
                            .get(axis)
                            .equals(labels(plan, duplicate.of()).get(axis)));
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

    private static Map<String, String> labels(SweepPlan plan, String trial) {
        return plan.trials().stream()
                .filter(one -> one.name().equals(trial))
                .findFirst()
                .orElseThrow()
                .axes();
    }
}
