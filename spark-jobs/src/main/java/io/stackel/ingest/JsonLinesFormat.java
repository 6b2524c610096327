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

    /** Of lines that hold one value each. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
        } catch (BrokenRowException none) {
            return List.of();
        }
        return columns;
    }

    @Override
    public Optional<SourceRow> read(int file, long offset, String line) throws BrokenRowException {
        JsonNode object = object(line);
        List<Double> values = new ArrayList<>();
        for (FeatureColumn column : features) {
            addNumbers(object, column, values);
        }
        double[] row = values.stream().mapToDouble(Double::doubleValue).toArray();
        return Optional.of(SourceRow.dense(file, offset, number(label, object.path(label)), row));
    }

    private static JsonNode object(String line) throws BrokenRowException {
        try {
            JsonNode node = JSON.readTree(line.startsWith("\uFEFF") ? line.substring(1) : line);
            if (!node.isObject()) {
                throw new BrokenRowException("must be a JSON object, but is " + node.getNodeType());
            }
            return node;
        } catch (JsonProcessingException malformed) {
            throw new BrokenRowException("must be a JSON object, but: " + malformed.getOriginalMessage());
        }
    }

    private static void addNumbers(JsonNode object, FeatureColumn column, List<Double> into) throws BrokenRowException {
        JsonNode value = object.path(column.name());
        if (!column.array()) {
            into.add(number(column.name(), value));
            return;
        }
        if (!value.isArray() || value.size() != column.entries()) {
            throw new BrokenRowException("column " + column.name() + ": must have " + column.entries()
                    + " numbers, as in the first line, but was " + shown(value));
        }
        for (int i = 0; i < column.entries(); i++) {
            into.add(number(column.names().get(i), value.get(i)));
        }
    }

    private static double number(String name, JsonNode value) throws BrokenRowException {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new BrokenRowException(Numbers.refusal(name, shown(value)));
        }
        return value.asDouble();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "" : value.toString();
    }
}
