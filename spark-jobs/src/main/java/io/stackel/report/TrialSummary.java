package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.run.StatusReport;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One trial of a sweep as its report needs it.
 *
 * @param name of its directory
 * @param axes the value of each axis but the seed, in the order of the axes
 * @param seed of the run
 * @param state how the sweep has it
 * @param exitCode of its last process, where that is known
 * @param reason why it is not complete, or empty
 * @param figures of its last row of metrics by name
 * @param samples of training, both levels
 * @param wallSeconds of all its drivers
 * @param stateSha256 hash of its state, or empty
 * @param run its directory
 * @param rows of metrics, thinned; empty where they were not read
 */
public record TrialSummary(
        String name,
        Map<String, String> axes,
        long seed,
        RunState state,
        Optional<Integer> exitCode,
        String reason,
        SortedMap<String, Double> figures,
        double samples,
        double wallSeconds,
        String stateSha256,
        URI run,
        Rows rows) {

    /** More rows than this are thinned for the curves. */
    private static final int ROWS = 500;

    private static final List<String> FIGURES = List.of(
            Evaluation.UPPER_OBJECTIVE,
            Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
            Evaluation.STATIONARITY_GAP,
            Evaluation.LOWER_GAP);

    public TrialSummary {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    /** Columns of the rows of a run: samples, ascending, and figures by name; not a number where a row has none. */
    record Rows(double[] samples, Map<String, double[]> figures) {

        static final Rows NONE = new Rows(new double[0], Map.of());
    }

    /**
     * The figure of a trial against samples.
     *
     * @param samples ascending
     * @param values as many
     */
    record Curve(double[] samples, double[] values) {

        double first() {
            return samples[0];
        }

        double last() {
            return samples[samples.length - 1];
        }

        /** The value at a place between the first and the last; of several rows at one place that of the last. */
        double at(double place) {
            int row = samples.length - 1;
            while (samples[row] > place) {
                row--;
            }
            return row == samples.length - 1 || samples[row] == place
                    ? values[row]
                    : values[row]
                            + (values[row + 1] - values[row])
                                    * (place - samples[row])
                                    / (samples[row + 1] - samples[row]);
        }
    }

    /** The same trial with the rows of its run. */
    public TrialSummary measuredBy(RunReader reader, Head head) {
        MetricTable table = MetricTable.of(reader, head).thinned(ROWS);
        Map<String, double[]> columns = Map.of(
                Evaluation.UPPER_OBJECTIVE, table.numbers(Evaluation.UPPER_OBJECTIVE),
                Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
                        table.numbers(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE));
        return measured(new Rows(table.numbers("samples"), columns));
    }

    /** The same trial with these rows. */
    TrialSummary measured(Rows measured) {
        return new TrialSummary(
                name, axes, seed, state, exitCode, reason, figures, samples, wallSeconds, stateSha256, run, measured);
    }

    /** A figure against samples, as far as rows have it. */
    Optional<Curve> curve(String figure) {
        double[] values = rows.figures().getOrDefault(figure, new double[0]);
        int[] known = IntStream.range(0, values.length)
                .filter(row -> Double.isFinite(values[row]) && Double.isFinite(rows.samples()[row]))
                .toArray();
        return known.length == 0
                ? Optional.empty()
                : Optional.of(new Curve(
                        IntStream.of(known)
                                .mapToDouble(row -> rows.samples()[row])
                                .toArray(),
                        IntStream.of(known).mapToDouble(row -> values[row]).toArray()));
    }

    /** The same trial with what {@code stackel status} says of its run. */
    public TrialSummary with(StatusReport status) {
        SortedMap<String, Double> known = new TreeMap<>();
        for (String key : FIGURES) {
            status.number(key).ifPresent(value -> known.put(key, value));
        }
        Object hash = status.entries().get("stateSha256");
        return new TrialSummary(
                name,
                axes,
                seed,
                state,
                exitCode,
                reason,
                known,
                status.number("samples").orElse(0),
                status.number("wallSeconds").orElse(0),
                hash instanceof Optional<?> found ? found.map(String::valueOf).orElse("") : "",
                run,
                rows);
    }

    /** A trial of which nothing more is known than that it was planned, and how it stands. */
    public static TrialSummary planned(String name, Map<String, String> axes, long seed, RunState state, URI run) {
        return new TrialSummary(
                name, axes, seed, state, Optional.empty(), "", new TreeMap<>(), 0, 0, "", run, Rows.NONE);
    }

    /** The same trial with how its last process ended. */
    public TrialSummary ended(Optional<Integer> code, String cause) {
        return new TrialSummary(
                name, axes, seed, state, code, cause, figures, samples, wallSeconds, stateSha256, run, rows);
    }

    /** Whether the run met its limit. */
    boolean complete() {
        return state == RunState.COMPLETE;
    }

    /** Whether the run has ended without a result, or cannot be read any more. */
    boolean lost() {
        return state.isLost();
    }

    /** A figure, not a number where there is none. */
    double figure(String key) {
        return figures.getOrDefault(key, Double.NaN);
    }
}
