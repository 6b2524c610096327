package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.StatusQuo;
import io.stackel.run.CommitSummary;
import io.stackel.run.MetricRow;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * Rows of metrics or of timings, by column.
 *
 * @param rows objects of JSON
 */
record MetricTable(List<JsonNode> rows) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ITERATION = "iteration";

    MetricTable {
        rows = List.copyOf(rows);
    }

    /** The rows in lines of JSON. */
    static MetricTable parse(byte[] lines) {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
            try {
                rows.add(MAPPER.readTree(line));
            } catch (JsonProcessingException damaged) {
                throw new IllegalStateException("a row must be JSON, but was " + line, damaged);
            }
        }
        return new MetricTable(rows);
    }

    /**
     * The committed rows of a run and, where its end fell between two rows, a last one of the figures there. That one stands in
     * the head's summary and not in the metrics: a run that is extended passes the place without a row.
     */
    static MetricTable of(RunReader reader, Head head) {
        MetricTable rows = parse(reader.metrics(head));
        CommitSummary summary = CommitSummary.decode(head.commit().summary());
        double measured = summary.figure(ITERATION).orElse(-1);
        boolean here = measured == head.commit().summary().path(ITERATION).asDouble(-1);
        return here && measured > rows.last(ITERATION) ? rows.followedBy(summary.figures()) : rows;
    }

    private double last(String key) {
        return rows.isEmpty() ? -1 : rows.get(rows.size() - 1).path(key).asDouble(-1);
    }

    private MetricTable followedBy(SortedMap<String, Double> figures) {
        List<JsonNode> all = new ArrayList<>(rows);
        all.addAll(parse(MetricRow.line(figures).getBytes(StandardCharsets.UTF_8)).rows);
        return new MetricTable(all);
    }

    /**
     * The leader's objective before it moved, at the follower's best response to the starting x: measured there, or computed
     * in the first row; nothing where neither is known.
     */
    OptionalDouble statusQuo() {
        OptionalDouble measured = first(StatusQuo.OBJECTIVE);
        return measured.isPresent() ? measured : first(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
    }

    /** A figure of the first row. */
    OptionalDouble first(String key) {
        return rows.isEmpty() || !rows.get(0).path(key).isNumber()
                ? OptionalDouble.empty()
                : OptionalDouble.of(rows.get(0).path(key).doubleValue());
    }

    /** The keys that any row has, sorted. */
    NavigableSet<String> keys() {
        NavigableSet<String> keys = new TreeSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(keys::add));
        return Collections.unmodifiableNavigableSet(keys);
    }

    /** Whether some row has a finite number under a key. */
    boolean has(String key) {
        return rows.stream().anyMatch(row -> row.path(key).isNumber());
    }

    /** A column as a chart takes it: numbers, the names of those that are not finite, nothing where a row has none. */
    List<Object> column(String key) {
        List<Object> column = new ArrayList<>(rows.size());
        for (JsonNode row : rows) {
            JsonNode value = row.path(key);
            if (value.isIntegralNumber()) {
                column.add(value.longValue());
            } else if (value.isNumber()) {
                column.add(value.doubleValue());
            } else {
                column.add(value.isTextual() ? (Object) value.textValue() : Optional.empty());
            }
        }
        return column;
    }

    /** A column as numbers; not a number where a row has none. */
    double[] numbers(String key) {
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode value = rows.get(i).path(key);
            numbers[i] = value.isNumber() ? value.doubleValue() : Double.NaN;
        }
        return numbers;
    }

    /** The finite numbers of a column. */
    double[] finite(String key) {
        double[] numbers = numbers(key);
        int count = 0;
        for (double number : numbers) {
            if (Double.isFinite(number)) {
                numbers[count++] = number;
            }
        }
        return java.util.Arrays.copyOf(numbers, count);
    }

    /** A column computed from another one, nothing where that has no number. */
    List<Object> mapped(String key, DoubleUnaryOperator function) {
        return boxed(numbers(key), function);
    }

    /** Numbers as a chart takes them. */
    static List<Object> boxed(double[] numbers, DoubleUnaryOperator function) {
        List<Object> boxed = new ArrayList<>(numbers.length);
        for (double number : numbers) {
            double value = function.applyAsDouble(number);
            boxed.add(Double.isFinite(value) ? (Object) value : Optional.empty());
        }
        return boxed;
    }

    /** The rows whose {@code key} is this word. */
    MetricTable where(String key, String word) {
        return new MetricTable(
                rows.stream().filter(row -> row.path(key).asText().equals(word)).toList());
    }

    /** At most so many rows at even distances, the first and the last among them. */
    MetricTable thinned(int limit) {
        if (rows.size() <= limit) {
            return this;
        }
        List<JsonNode> kept = new ArrayList<>(limit);
        for (int i = 0; i < limit; i++) {
            kept.add(rows.get((int) ((long) i * (rows.size() - 1) / (limit - 1))));
        }
        return new MetricTable(kept);
    }
}
