package io.stackel.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trees of maps, lists and scalars as JSON with the same bytes on every JDK; hashes of runs and data are taken of them.
 *
 * <p>Keys come in the order of their map, so the map must have one (sorted or linked). Reals are written as
 * {@link #text(double)} says; the three that are not finite, for which JSON has no number, as the strings
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. Everything outside of printable ASCII is escaped.
 */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .characterEscapes(new Escapes())
            .build();

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter INDENTED = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(LINES)
            .withArrayIndenter(LINES);

    private JsonText() {}

    /**
     * On one line and without spaces, for files that programs read and for hashes.
     *
     * @param tree of {@link Map}, {@link List}, {@link String}, {@link Boolean}, {@link Double}, {@link Long},
     *     {@link Integer} and {@link Optional}, which is null when empty
     */
    public static String compact(Object tree) {
        return text(tree, false);
    }

    /** Indented, with a newline at the end, for people. */
    public static String indented(Object tree) {
        return text(tree, true) + "\n";
    }

    /** A JSON string: the text in quotes, with what JSON escapes. */
    public static String quoted(String value) {
        return text(value, false);
    }

    /**
     * The shortest decimal that reads back to the same bits, with the characters of {@code Double.toString} from JDK 19
     * on; that of JDK 17 sometimes writes too many: 1.9999999999999998E23 for 2.0E23.
     */
    public static String text(double value) {
        return NumberOutput.toString(value, true);
    }

    private static String text(Object tree, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator into = FACTORY.createGenerator(text)) {
            if (indented) {
                into.setPrettyPrinter(INDENTED.createInstance());
            }
            write(tree, into);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(Object tree, JsonGenerator into) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            into.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                into.writeFieldName((String) entry.getKey());
                write(entry.getValue(), into);
            }
            into.writeEndObject();
        } else if (tree instanceof List<?> list) {
            into.writeStartArray();
            for (Object item : list) {
                write(item, into);
            }
            into.writeEndArray();
        } else if (tree instanceof Optional<?> optional && optional.isEmpty()) {
            into.writeNull();
        } else if (tree instanceof Optional<?> optional) {
            write(optional.get(), into);
        } else if (tree instanceof String
                || tree instanceof Double
                || tree instanceof Long
                || tree instanceof Integer
                || tree instanceof Boolean) {
            into.writePOJO(tree);
        } else {
            throw new IllegalArgumentException(
                    "value must be a Map, List, String, Double, Long, Integer or Boolean, but was " + tree);
        }
    }

    /** JSON's own, but of the control characters only line feed and tab by a letter. */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char each : new char[] {'\b', '\f', '\r', '\u007f'}) {
                codes[each] = ESCAPE_STANDARD;
            }
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
