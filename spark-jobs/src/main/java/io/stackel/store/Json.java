package io.stackel.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The JSON of a run directory: one object on one line, and sealed where a flipped bit must be found.
 *
 * <p>A sealed file is the line, then a line {@code sha256:} with the SHA-256 of the first line's bytes without its line
 * feed; both lines end in a line feed and nothing follows.
 */
public final class Json {

    /** The format number that this code writes and the highest that it reads. */
    static final int FORMAT = 1;

    /** No JSON file of a run is longer; what is longer is not read. */
    static final int LONGEST = 1 << 24;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object that begins with its format number. */
    static ObjectNode formatted() {
        return object().put("format", FORMAT);
    }

    static byte[] line(ObjectNode node) {
        try {
            return (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static byte[] seal(ObjectNode node) {
        return seal(line(node));
    }

    /** The sealed file of a line, which ends in its only line feed. */
    static byte[] seal(byte[] line) {
        byte[] seal = sealOf(line, line.length - 1);
        byte[] sealed = Arrays.copyOf(line, line.length + seal.length);
        System.arraycopy(seal, 0, sealed, line.length, seal.length);
        return sealed;
    }

    /** Whether a sealed file is as it was written; {@code false} proves that it is not. */
    static boolean isIntact(byte[] sealed) {
        int end = lineEnd(sealed);
        return end < sealed.length
                && Arrays.equals(sealOf(sealed, end), 0, "sha256:".length() + 65, sealed, end + 1, sealed.length);
    }

    /** Where the first line feed stands, or the length. */
    private static int lineEnd(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static byte[] sealOf(byte[] bytes, int length) {
        return ("sha256:" + Sha256.of(Arrays.copyOf(bytes, length)) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The object on the first line. */
    static ObjectNode parse(byte[] bytes) {
        return parse(bytes, lineEnd(bytes));
    }

    /** The object of a file with a format number, unless the file is of a newer version. */
    static ObjectNode parseFormatted(String file, byte[] bytes) {
        ObjectNode node = parse(bytes);
        long format = whole(node, "format");
        if (format > FORMAT) {
            throw StorageException.refused(
                    file + " has format " + format + ", but this version reads up to " + FORMAT,
                    "use the version that wrote it or a newer one");
        }
        return node;
    }

    /** The object in the first bytes, on however many lines. */
    static ObjectNode parse(byte[] bytes, int length) {
        try {
            if (MAPPER.readTree(bytes, 0, length) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("is no JSON: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        throw new IllegalArgumentException("is no JSON object");
    }

    /** The string of a key. */
    public static String text(JsonNode node, String key) {
        return value(node, key, JsonNode::isTextual, "a string").textValue();
    }

    /** The whole number of a key. */
    public static long whole(JsonNode node, String key) {
        return value(node, key, each -> each.isIntegralNumber() && each.canConvertToLong(), "a whole number")
                .longValue();
    }

    /** A whole number in {@code [0, 2^31 - 1]}. */
    static int natural(JsonNode node, String key) {
        long value = whole(node, key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(key + " must be in [0, 2147483647], but was " + value);
        }
        return (int) value;
    }

    static boolean truth(JsonNode node, String key) {
        return value(node, key, JsonNode::isBoolean, "true or false").booleanValue();
    }

    /** The object of a key. */
    public static ObjectNode objectAt(JsonNode node, String key) {
        return (ObjectNode) value(node, key, JsonNode::isObject, "an object");
    }

    private static JsonNode value(JsonNode node, String key, Predicate<JsonNode> rule, String kind) {
        JsonNode value = node.path(key);
        if (!rule.test(value)) {
            throw new IllegalArgumentException(key + " must be " + kind + ", but was " + value);
        }
        return value;
    }
}
