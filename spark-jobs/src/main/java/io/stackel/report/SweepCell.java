package io.stackel.report;

import io.stackel.math.Bootstrap;
import io.stackel.math.Bootstrap.Interval;
import io.stackel.math.Statistics;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All trials that differ in their seed alone.
 *
 * @param axes what they have in common
 * @param trials at least one
 * @param scores the leader's objective of each complete trial that has one, lower is better
 * @param interval interquartile mean of the scores with its 95 % bootstrap interval, if there are scores
 * @param number of the cell in the plan, which addresses its resamples
 * @param feasible how many complete trials keep the lower gap below its bound
 */
record SweepCell(
        Map<String, String> axes,
        List<TrialSummary> trials,
        double[] scores,
        Optional<Interval> interval,
        int number,
        int feasible) {

    /** Resamples of an interval. */
    private static final int RESAMPLES = 1000;

    private static final double CONFIDENCE = 0.95;

    /** The cells of a sweep, best first: by feasible share, then by interquartile mean; those without scores last. */
    static List<SweepCell> ranked(List<TrialSummary> trials, String objective, SweepRules rules) {
        Map<Map<String, String>, List<TrialSummary>> byAxes = new LinkedHashMap<>();
        trials.forEach(trial ->
                byAxes.computeIfAbsent(trial.axes(), axes -> new ArrayList<>()).add(trial));
        List<SweepCell> cells = new ArrayList<>();
        byAxes.forEach((axes, own) -> cells.add(cell(axes, own, objective, rules, cells.size())));
        cells.sort(Comparator.comparing((SweepCell cell) -> !cell.ranked(rules))
                .thenComparingDouble(cell -> cell.interval.map(Interval::mean).orElse(Double.POSITIVE_INFINITY)));
        return List.copyOf(cells);
    }

    private static SweepCell cell(
            Map<String, String> axes, List<TrialSummary> trials, String objective, SweepRules rules, int number) {
        double[] scores = scores(trials, objective);
        int feasible = (int) trials.stream()
                .filter(trial -> trial.complete() && rules.feasible(trial))
                .count();
        Optional<Interval> interval =
                scores.length == 0 ? Optional.empty() : Optional.of(interval(List.of(scores), number));
        return new SweepCell(axes, trials, scores, interval, number, feasible);
    }

    /** The scores of complete trials. */
    static double[] scores(List<TrialSummary> trials, String objective) {
        return trials.stream()
                .filter(TrialSummary::complete)
                .mapToDouble(trial -> trial.figure(objective))
                .filter(Double::isFinite)
                .toArray();
    }

    /**
     * The interquartile mean of all strata together with its interval.
     *
     * @param number of the interval in the report, which addresses its resamples
     */
    static Interval interval(List<double[]> strata, int number) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 0, number, 0, 0);
        return Bootstrap.ofStrata(strata, Statistics::interquartileMean, CONFIDENCE, RESAMPLES, random::nextInt);
    }

    /** Trials that met their limit. */
    long complete() {
        return trials.stream().filter(TrialSummary::complete).count();
    }

    /** Whether enough trials are complete and feasible for the cell to count. */
    boolean ranked(SweepRules rules) {
        return interval.isPresent()
                && complete() >= rules.completeShare() * trials.size()
                && feasible >= Math.max(1, Math.ceil(complete() / 2.0));
    }

    /** The values of the axes in one line. */
    String label() {
        return axes.isEmpty()
                ? "all trials"
                : axes.entrySet().stream()
                        .map(axis ->
                                axis.getKey().substring(axis.getKey().lastIndexOf('.') + 1) + " " + axis.getValue())
                        .collect(Collectors.joining(", "));
    }
}
