package io.stackel.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object on each line, whose values are numbers and arrays of them, of one length in every line; other values may
 * stand there if no column is made of them.
 *
 * @param label name of the label, a number
 * @param features the columns of the features
 */
record JsonLinesFormat(String label, List<FeatureColumn> features) implements LineFormat {

    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Thrown for a line that is no row. */
    private static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what, null, false, false);
        }
    }

    /** The columns of a line: its numbers and arrays of numbers. */
    static List<FeatureColumn> columns(String line) {
        List<FeatureColumn> columns = new ArrayList<>();
        try {
            object(line).properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                boolean numbers =
                        value.isArray() && !value.isEmpty() && value.get(0).isNumber();
                if (value.isNumber() || numbers) {
                    columns.add(new FeatureColumn(entry.getKey(), numbers, numbers ? value.size() : 1));
                }
            });
        } catch (Broken none) {
            return List.of();
        }
        return columns;
    }

    @Override
    public Optional<SourceRow> row(int file, long offset, String line) {
        try {
            JsonNode object = object(line);
            List<Double> values = new ArrayList<>();
            for (FeatureColumn column : features) {
                addNumbers(object, column, values);
            }
            double[] row = values.stream().mapToDouble(Double::doubleValue).toArray();
            return Optional.of(SourceRow.dense(file, offset, number(label, object.path(label)), row));
        } catch (Broken broken) {
            return Optional.of(SourceRow.broken(file, offset, broken.getMessage()));
        }
    }

    private static JsonNode object(String line) throws Broken {
        try {
            JsonNode node = JSON.readTree(line.startsWith("\uFEFF") ? line.substring(1) : line);
            if (!node.isObject()) {
                throw new Broken("must be a JSON object, but is " + node.getNodeType());
            }
            return node;
        } catch (JsonProcessingException malformed) {
            throw new Broken("must be a JSON object, but: " + malformed.getOriginalMessage());
        }
    }

    private static void addNumbers(JsonNode object, FeatureColumn column, List<Double> into) throws Broken {
        JsonNode value = object.path(column.name());
        if (!column.array()) {
            into.add(number(column.name(), value));
            return;
        }
        if (!value.isArray() || value.size() != column.entries()) {
            throw new Broken("column " + column.name() + ": must have " + column.entries()
                    + " numbers, as in the first line, but was " + shown(value));
        }
        for (int i = 0; i < column.entries(); i++) {
            into.add(number(column.names().get(i), value.get(i)));
        }
    }

    private static double number(String name, JsonNode value) throws Broken {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new Broken(Numbers.refusal(name, shown(value)));
        }
        return value.asDouble();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "" : value.toString();
    }
}
