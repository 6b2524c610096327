package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.run.CommitSummary;
import io.stackel.run.MetricRow;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of metrics or of timings, by column.
 *
 * @param rows objects of JSON
 */
public record MetricTable(List<JsonNode> rows) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ITERATION = "iteration";

    public MetricTable {
        rows = List.copyOf(rows);
    }

    /** The rows in lines of JSON. */
    static MetricTable parse(byte[] lines) {
        return new MetricTable(new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(MetricTable::row)
                .toList());
    }

    private static JsonNode row(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a row must be JSON, but was " + line, damaged);
        }
    }

    /** The values of a tree of JSON by their paths, such as {@code upper.stepSize}, in its order. */
    static Map<String, JsonNode> leaves(JsonNode tree) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        addLeaves("", tree, leaves);
        return leaves;
    }

    private static void addLeaves(String path, JsonNode node, Map<String, JsonNode> into) {
        if (!node.isObject()) {
            into.put(path, node);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            addLeaves(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into);
        }
    }

    /**
     * The committed rows of a run and, where its end fell between two rows, a last one of the figures there. That one stands in
     * the head's summary and not in the metrics: a run that is extended passes the place without a row.
     */
    public static MetricTable of(RunReader reader, Head head) {
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
        return new MetricTable(Stream.concat(rows.stream(), Stream.of(row(MetricRow.line(figures))))
                .toList());
    }

    /** A figure of the first row. */
    OptionalDouble first(String key) {
        return rows.isEmpty() || !rows.get(0).path(key).isNumber()
                ? OptionalDouble.empty()
                : OptionalDouble.of(rows.get(0).path(key).doubleValue());
    }

    /** The keys that any row has, sorted. */
    public NavigableSet<String> keys() {
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
        return rows.stream().map(row -> shown(row.path(key))).toList();
    }

    private static Object shown(JsonNode value) {
        Object number = value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
        return value.isNumber() ? number : value.isTextual() ? value.textValue() : Optional.empty();
    }

    /** A column as numbers; not a number where a row has none. */
    double[] numbers(String key) {
        return rows.stream()
                .map(row -> row.path(key))
                .mapToDouble(value -> value.isNumber() ? value.doubleValue() : Double.NaN)
                .toArray();
    }

    /** The finite numbers of a column. */
    double[] finite(String key) {
        return Arrays.stream(numbers(key)).filter(Double::isFinite).toArray();
    }

    /** Numbers as a chart takes them, nothing in place of those that are not finite. */
    static List<Object> boxed(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> Double.isFinite(number) ? (Object) number : Optional.empty())
                .toList();
    }

    /** The rows that have a key. */
    MetricTable with(String key) {
        return new MetricTable(rows.stream().filter(row -> row.has(key)).toList());
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
        return of(IntStream.range(0, limit)
                .map(i -> (int) ((long) i * (rows.size() - 1) / (limit - 1)))
                .toArray());
    }

    /** The rows at these places. */
    MetricTable of(int... places) {
        return new MetricTable(Arrays.stream(places).mapToObj(rows::get).toList());
    }
}
