package io.stackel.api;

import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of a program as the text of a configuration. */
final class ValueText {

    private ValueText() {}

    /** A configuration of keys and sections. */
    static String indented(Map<String, ?> configuration) {
        return JsonText.indented(tree(configuration));
    }

    /** A value as {@code --set} takes it; text as it stands. */
    static String override(Object value) {
        return value instanceof CharSequence ? value.toString() : JsonText.compact(tree(value));
    }

    private static Object tree(Object value) {
        if (value == null) {
            return Optional.empty();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), tree(each)));
            return sorted;
        } else if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(each -> list.add(tree(each)));
            return list;
        } else if (value instanceof CharSequence) {
            return value.toString();
        } else if (value instanceof Float real) {
            return Double.parseDouble(real.toString());
        } else if (value instanceof Short || value instanceof Byte) {
            return ((Number) value).intValue();
        } else if (value instanceof Double
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean) {
            return value;
        }
        throw CommandFailure.usage("a value must be a number, a boolean, text, or a list or map of these, but was "
                + value + " of " + value.getClass().getName());
    }
}
