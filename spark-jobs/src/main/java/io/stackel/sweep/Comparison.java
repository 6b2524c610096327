package io.stackel.sweep;

import io.stackel.algorithm.Evaluation;
import io.stackel.experiment.JsonText;
import io.stackel.math.Bootstrap;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import io.stackel.run.Quantities;
import io.stackel.store.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one axis of a sweep beside each other. Means and differences are over the seeds that every value has completed;
 * values without a complete run are left out of that count.
 *
 * @param figure what is compared, of which less is better
 * @param seeds completed by all
 * @param sides in the order of the axis; the first is what the others are compared with
 */
public record Comparison(String figure, List<Long> seeds, List<Side> sides) {

    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 10_000;

    /**
     * One value of the axis.
     *
     * @param label the value
     * @param mean of the figure over the seeds, with its interval; NaN without seeds
     * @param minusFirst the paired difference to the first side, with its interval
     * @param lowerSamples mean environment steps (gradient-oracle calls, where a model is fitted) of the lower level
     * @param upperSamples of the upper level
     * @param wallSeconds mean time of a run
     * @param complete runs that are complete
     * @param seeds that the difference is taken over
     * @param runs of this side
     */
    public record Side(
            String label,
            Bootstrap.Interval mean,
            Bootstrap.Interval minusFirst,
            double lowerSamples,
            double upperSamples,
            double wallSeconds,
            long complete,
            int seeds,
            long runs) {

        /** What the interval of the difference says; nothing from too few seeds. */
        String verdict() {
            if (complete == 0) {
                return "no run complete";
            }
            if (seeds < Bootstrap.FEWEST) {
                return "too few seeds";
            }
            return minusFirst.high() < 0 ? "better" : minusFirst.low() > 0 ? "worse" : "not told apart";
        }
    }

    /** Compares the values of an axis. */
    public static Comparison of(SweepStatus status, String axis) {
        Map<String, SortedMap<Long, TrialStatus>> complete = new LinkedHashMap<>();
        Map<String, Long> runs = new LinkedHashMap<>();
        for (TrialStatus one : status.trials()) {
            String label = one.trial().axes().get(axis);
            runs.merge(label, 1L, Long::sum);
            SortedMap<Long, TrialStatus> side = complete.computeIfAbsent(label, none -> new TreeMap<>());
            if (one.state() == RunState.COMPLETE) {
                side.put(one.trial().seed(), one);
            }
        }
        List<Long> shared = new ArrayList<>(complete.values().stream()
                .flatMap(side -> side.keySet().stream())
                .distinct()
                .sorted()
                .toList());
        complete.values().stream().filter(side -> !side.isEmpty()).forEach(side -> shared.retainAll(side.keySet()));
        String figure = figure(complete, shared);
        List<Side> sides = new ArrayList<>();
        Optional<double[]> first = Optional.empty();
        for (Map.Entry<String, SortedMap<Long, TrialStatus>> entry : complete.entrySet()) {
            SortedMap<Long, TrialStatus> side = entry.getValue();
            List<Long> seeds = side.isEmpty() ? List.of() : shared;
            double[] values = numbers(side, seeds, figure);
            double[] against = first.filter(one -> one.length == values.length).orElse(values);
            first = first.or(() -> Optional.of(values));
            sides.add(new Side(
                    entry.getKey(),
                    interval(values, new double[values.length]),
                    interval(values, against),
                    mean(numbers(side, seeds, "lowerSamples")),
                    mean(numbers(side, seeds, "upperSamples")),
                    mean(numbers(side, seeds, "wallSeconds")),
                    side.size(),
                    seeds.size(),
                    runs.get(entry.getKey())));
        }
        return new Comparison(figure, shared, sides);
    }

    /** The objective at the best response where all runs know it, else the objective. */
    private static String figure(Map<String, SortedMap<Long, TrialStatus>> complete, List<Long> seeds) {
        boolean exact = !seeds.isEmpty()
                && complete.values().stream()
                        .filter(side -> !side.isEmpty())
                        .allMatch(side -> seeds.stream()
                                .allMatch(seed -> number(side.get(seed), Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE)
                                        .isPresent()));
        return exact ? Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE : Evaluation.UPPER_OBJECTIVE;
    }

    private static OptionalDouble number(TrialStatus trial, String key) {
        return trial.status().map(status -> status.number(key)).orElse(OptionalDouble.empty());
    }

    private static double[] numbers(SortedMap<Long, TrialStatus> side, List<Long> seeds, String key) {
        return seeds.stream()
                .mapToDouble(seed -> number(side.get(seed), key).orElse(Double.NaN))
                .toArray();
    }

    private static double mean(double[] values) {
        double total = 0;
        for (double value : values) {
            total += value;
        }
        return total / values.length;
    }

    /** The same resamples for every side. */
    private static Bootstrap.Interval interval(double[] values, double[] minus) {
        if (values.length == 0) {
            return new Bootstrap.Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 0, 0, 0, 0);
        return Bootstrap.ofPairedDifference(values, minus, CONFIDENCE, RESAMPLES, random::nextInt);
    }

    /** A table as Markdown has it, and a sentence on how to read it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("| algorithm | ")
                .append(figure)
                .append(
                        " | 95 % interval | minus the first | 95 % interval | verdict | lower steps | upper steps | time |"
                                + " complete |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %d of %d |%n",
                    side.label(),
                    number(side.mean().mean()),
                    between(side.mean()),
                    i == 0 ? "" : number(side.minusFirst().mean()),
                    i == 0 ? "" : between(side.minusFirst()),
                    i == 0 ? "" : side.verdict(),
                    side.complete() == 0 ? "-" : Quantities.count(side.lowerSamples()),
                    side.complete() == 0 ? "-" : Quantities.count(side.upperSamples()),
                    side.complete() == 0 ? "-" : Quantities.duration(side.wallSeconds()),
                    side.complete(),
                    side.runs()));
        }
        return text.append("\nlower is better; over the ")
                .append(seeds.size())
                .append(
                        " seeds that all completed; bootstrap intervals, differences by seed; steps and time are means\n")
                .append(
                        seeds.size() < Bootstrap.FEWEST
                                ? "no verdict from fewer than " + Bootstrap.FEWEST
                                        + " seeds; give more with --seeds 0..9\n"
                                : "")
                .toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : Quantities.number(value);
    }

    private static String between(Bootstrap.Interval interval) {
        return Double.isNaN(interval.mean())
                ? "-"
                : Quantities.number(interval.low()) + " to " + Quantities.number(interval.high());
    }

    /** One JSON object. */
    public String json() {
        List<Object> entries = new ArrayList<>();
        for (Side side : sides) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("algorithm", side.label());
            entry.put("mean", side.mean().mean());
            entry.put("low", side.mean().low());
            entry.put("high", side.mean().high());
            entry.put("minusFirst", side.minusFirst().mean());
            entry.put("minusFirstLow", side.minusFirst().low());
            entry.put("minusFirstHigh", side.minusFirst().high());
            entry.put("verdict", side.verdict());
            entry.put("lowerSamples", side.lowerSamples());
            entry.put("upperSamples", side.upperSamples());
            entry.put("wallSeconds", side.wallSeconds());
            entry.put("complete", side.complete());
            entry.put("runs", side.runs());
            entries.add(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("figure", figure);
        all.put("seeds", seeds);
        all.put("algorithms", entries);
        return JsonText.indented(all);
    }
}
