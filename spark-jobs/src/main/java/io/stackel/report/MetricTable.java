package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * Rows of metrics or of timings, by column.
 *
 * @param rows objects of JSON
 */
record MetricTable(List<JsonNode> rows) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

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
