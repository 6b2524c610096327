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
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One trial of a sweep as its report needs it.
 *
 * @param name of its directory
 * @param axes the value of each axis but the seed, in the order of the axes
 * @param seed of the run
 * @param run its directory
 * @param state how the sweep has it
 * @param exitCode of its last process, where that is known
 * @param reason why it is not complete, or empty
 * @param status of its run, if there is one that can be read
 * @param rows of metrics, thinned; empty where they were not read
 */
public record TrialSummary(
        String name,
        Map<String, String> axes,
        long seed,
        URI run,
        RunState state,
        Optional<Integer> exitCode,
        String reason,
        Optional<StatusReport> status,
        Rows rows) {

    public TrialSummary {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /** Columns of the rows of a run: samples, ascending, and figures by name; not a number where a row has none. */
    public record Rows(double[] samples, Map<String, double[]> figures) {

        /** No rows. */
        public static final Rows NONE = new Rows(new double[0], Map.of());

        /** More rows than this are thinned for the curves. */
        private static final int MOST = 500;

        /** The rows of a run. */
        public static Rows of(RunReader reader, Head head) {
            MetricTable table = MetricTable.of(reader, head).thinned(MOST);
            Map<String, double[]> columns = new LinkedHashMap<>();
            for (String figure : List.of(Evaluation.UPPER_OBJECTIVE, Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE)) {
                columns.put(figure, table.numbers(figure));
            }
            return new Rows(table.numbers("samples"), columns);
        }
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

    /** Whether the run met its limit. */
    boolean complete() {
        return state == RunState.COMPLETE;
    }

    /** Whether the run has ended without a result, or cannot be read any more. */
    boolean lost() {
        return state.isLost();
    }

    /** A figure of its last row of metrics, not a number where there is none. */
    double figure(String key) {
        return number(key).orElse(Double.NaN);
    }

    /** Samples of training, both levels. */
    double samples() {
        return number("samples").orElse(0);
    }

    /** The time of all its drivers. */
    double wallSeconds() {
        return number("wallSeconds").orElse(0);
    }

    private OptionalDouble number(String key) {
        return status.map(report -> report.number(key)).orElse(OptionalDouble.empty());
    }

    /** The hash of its state, or empty. */
    String stateSha256() {
        return status.flatMap(StatusReport::stateSha256).orElse("");
    }
}
