package io.stackel.algorithm;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.math.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON header of a safetensors file: where each array lies among the data, and a map of strings. */
record SafetensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {

    private static final String METADATA = "__metadata__";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One array.
     *
     * @param begin first byte, counted from the end of the header
     * @param end the byte after the last
     */
    record Entry(String name, boolean real, List<Integer> shape, long begin, long end) {}

    /** The header of arrays that lie one after another in the order of their names. */
    static SafetensorsHeader of(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        long offset = 0;
        SortedMap<String, Tensor> sorted = new TreeMap<>();
        sorted.putAll(tensors);
        for (Map.Entry<String, Tensor> field : sorted.entrySet()) {
            List<Integer> shape = new ArrayList<>();
            for (int axis : field.getValue().shape()) {
                shape.add(axis);
            }
            long end = offset + 8L * field.getValue().size();
            entries.add(new Entry(
                    requireName(field.getKey()), field.getValue() instanceof Tensor.Real, shape, offset, end));
            offset = end;
        }
        return new SafetensorsHeader(entries, metadata);
    }

    long dataLength() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    }

    String json() {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = header.putObject(METADATA);
            metadata.forEach(strings::put);
        }
        for (Entry entry : entries) {
            ObjectNode node = header.putObject(entry.name());
            node.put("dtype", entry.real() ? "F64" : "I64");
            ArrayNode shape = node.putArray("shape");
            entry.shape().forEach(shape::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        }
        return header.toString();
    }

    /** The header in {@code length} bytes from {@code offset}, whose arrays fill {@code dataLength} bytes exactly. */
    static SafetensorsHeader parse(byte[] bytes, int offset, int length, long dataLength) {
        JsonNode header = tree(bytes, offset, length);
        SortedMap<String, String> metadata = new TreeMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(field.getValue(), metadata);
            } else {
                entries.add(entry(requireName(field.getKey()), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        for (Entry entry : entries) {
            require(entry.begin() == covered, entry.name(), "must begin at byte " + covered, entry.begin());
            covered = entry.end();
        }
        if (covered != dataLength) {
            throw new IllegalArgumentException(
                    "safetensors arrays must fill the " + dataLength + " bytes after the header, but fill " + covered);
        }
        return new SafetensorsHeader(entries, metadata);
    }

    private static JsonNode tree(byte[] bytes, int offset, int length) {
        try {
            JsonNode header = JSON.readTree(bytes, offset, length);
            if (!header.isObject()) {
                throw new IllegalArgumentException(
                        "safetensors header must be a JSON object, but was " + header.getNodeType());
            }
            return header;
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "safetensors header must be JSON, but: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void readMetadata(JsonNode node, SortedMap<String, String> into) {
        require(node.isObject(), METADATA, "must be an object", node);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            require(
                    field.getValue().isTextual(),
                    METADATA + "." + field.getKey(),
                    "must be a string",
                    field.getValue());
            into.put(field.getKey(), field.getValue().textValue());
        }
    }

    private static Entry entry(String name, JsonNode node) {
        require(node.isObject() && node.size() == 3, name, "must have dtype, shape and data_offsets alone", node);
        String type = node.path("dtype").asText();
        require(type.equals("F64") || type.equals("I64"), name, "must have dtype F64 or I64", node.path("dtype"));
        JsonNode offsets = node.path("data_offsets");
        require(offsets.isArray() && offsets.size() == 2, name, "must have two data_offsets", offsets);
        long begin = natural(name, offsets.get(0));
        long end = natural(name, offsets.get(1));
        require(begin <= end, name, "must have ascending data_offsets", offsets);
        require(node.path("shape").isArray(), name, "must have an array as shape", node.path("shape"));
        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        for (JsonNode axis : node.path("shape")) {
            long extent = natural(name, axis);
            require(extent <= Integer.MAX_VALUE, name, "must have axes of at most 2^31 - 1", axis);
            elements = Math.multiplyHigh(elements, extent) == 0 ? elements * extent : -1;
            require(elements >= 0, name, "must have fewer than 2^63 elements", node.path("shape"));
            shape.add((int) extent);
        }
        // An offset is at most 2^62, so that no rule here overflows; whether the bytes exist is checked by the caller.
        require(
                elements <= (end - begin) / 8 && elements * 8 == end - begin,
                name,
                "must span 8 bytes an element",
                node);
        return new Entry(name, type.equals("F64"), shape, begin, end);
    }

    private static long natural(String name, JsonNode node) {
        require(
                node.isIntegralNumber()
                        && node.canConvertToLong()
                        && node.longValue() >= 0
                        && node.longValue() <= 1L << 62,
                name,
                "must have whole numbers in [0, 2^62]",
                node);
        return node.longValue();
    }

    static String requireName(String name) {
        if (!Safetensors.NAME.matcher(name).matches() || name.equals(METADATA)) {
            throw new IllegalArgumentException("tensor name must match " + Safetensors.NAME.pattern()
                    + " and differ from " + METADATA + ", but was '" + name + "'");
        }
        return name;
    }

    private static void require(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("safetensors " + name + " " + rule + ", but was " + value);
        }
    }
}
