package io.stackel.experiment;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes trees of maps, lists and scalars as JSON with the same bytes on every JDK.
 *
 * <p>Keys come in the order of their map, so the map must have one (sorted or linked). Reals are written by
 * {@link DoubleWriter}; the three that are not finite, for which JSON has no number, as the strings {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}. Everything outside of printable ASCII is escaped.
 */
public final class JsonWriter {

    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean lines;

    private JsonWriter(boolean lines) {
        this.lines = lines;
    }

    /**
     * On one line and without spaces, for files that programs read and for hashes.
     *
     * @param tree of {@link Map}, {@link List}, {@link String}, {@link Boolean}, {@link Double}, {@link Long},
     *     {@link Integer} and {@link Optional}, which is null when empty
     */
    public static String compact(Object tree) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(tree, "");
        return writer.text.toString();
    }

    /** Indented, with a newline at the end, for people. */
    public static String indented(Object tree) {
        JsonWriter writer = new JsonWriter(true);
        writer.write(tree, "");
        return writer.text.append('\n').toString();
    }

    /** The text in quotes. */
    public static String quoted(String value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value);
        return writer.text.toString();
    }

    private void write(Object tree, String indent) {
        if (tree instanceof Map<?, ?> map) {
            write(map, indent);
        } else if (tree instanceof List<?> list) {
            write(list, indent);
        } else if (tree instanceof String string) {
            write(string);
        } else if (tree instanceof Double real) {
            write(real.doubleValue());
        } else if (tree instanceof Optional<?> optional) {
            optional.ifPresentOrElse(value -> write(value, indent), () -> text.append("null"));
        } else if (tree instanceof Long || tree instanceof Integer || tree instanceof Boolean) {
            text.append(tree);
        } else {
            throw new IllegalArgumentException(
                    "value must be a Map, List, String, Double, Long, Integer or Boolean, but was " + tree);
        }
    }

    private void write(Map<?, ?> map, String indent) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(indent + STEP);
            write((String) entry.getKey());
            text.append(lines ? ": " : ":");
            write(entry.getValue(), indent + STEP);
            if (entries.hasNext()) {
                text.append(',');
            } else {
                newLine(indent);
            }
        }
        text.append('}');
    }

    private void write(List<?> list, String indent) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            newLine(indent + STEP);
            write(list.get(i), indent + STEP);
            text.append(i + 1 < list.size() ? "," : "");
        }
        if (!list.isEmpty()) {
            newLine(indent);
        }
        text.append(']');
    }

    private void newLine(String indent) {
        if (lines) {
            text.append('\n').append(indent);
        }
    }

    private void write(double value) {
        if (Double.isFinite(value)) {
            DoubleWriter.write(value, text);
        } else {
            text.append('"').append(DoubleWriter.text(value)).append('"');
        }
    }

    private void write(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character >= ' ' && character <= '~') {
                        text.append(character);
                    } else {
                        text.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            text.append(Character.forDigit((character >> shift) & 15, 16));
                        }
                    }
                }
            }
        }
        text.append('"');
    }
}
