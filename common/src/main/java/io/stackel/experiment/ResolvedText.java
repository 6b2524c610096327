package io.stackel.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes a resolved configuration as text that decodes to the same configuration. */
final class ResolvedText {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    private ResolvedText() {}

    static String json(SortedMap<String, ResolvedKey> keys) {
        return JsonText.indented(tree(keys));
    }

    static String yaml(SortedMap<String, ResolvedKey> keys) {
        StringBuilder text = new StringBuilder();
        tree(keys).forEach((key, value) -> {
            if (value instanceof Map<?, ?> section) {
                text.append(key).append(":\n");
                section.forEach((name, scalar) -> text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(scalar(scalar))
                        .append('\n'));
            } else {
                text.append(key).append(": ").append(scalar(value)).append('\n');
            }
        });
        return text.toString();
    }

    /** Keys of the top level first, then the sections in the order of the documentation; names first in each. */
    private static Map<String, Object> tree(SortedMap<String, ResolvedKey> keys) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String key : FixedSections.TOP.names()) {
            tree.put(key, keys.get(key).value());
        }
        for (String section : FixedSections.allSections()) {
            Map<String, Object> entries = section(section, keys);
            if (!entries.isEmpty()) {
                tree.put(section, entries);
            }
        }
        return tree;
    }

    private static Map<String, Object> section(String section, SortedMap<String, ResolvedKey> keys) {
        Map<String, Object> named = new LinkedHashMap<>();
        SortedMap<String, Object> others = new TreeMap<>();
        keys.forEach((path, key) -> {
            if (path.startsWith(section + ".")) {
                String name = path.substring(section.length() + 1);
                (name.equals("name") || name.equals("file") ? named : others).put(name, key.value());
            }
        });
        named.putAll(others);
        return named;
    }

    private static String scalar(Object value) {
        if (value instanceof String string) {
            boolean plain =
                    WORD.matcher(string).matches() && CoreScalar.plain(string).kind() == CoreScalar.Kind.TEXT;
            return plain ? string : JsonText.quoted(string);
        }
        return JsonText.compact(value);
    }
}
