package io.stackel.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
        List<String> order = new ArrayList<>(FixedSections.TOP.names());
        order.addAll(FixedSections.allSections());
        List<String> paths = new ArrayList<>(keys.keySet());
        paths.sort(Comparator.comparingInt((String path) -> order.indexOf(path.split("\\.", 2)[0]))
                .thenComparing(path -> !path.endsWith(".name") && !path.endsWith(".file")));
        Map<String, Object> values = new LinkedHashMap<>();
        paths.forEach(path -> values.put(path, keys.get(path).value()));
        return nested(values);
    }

    /** Values by dotted path as sections with their values, in the same order. */
    static Map<String, Object> nested(Map<String, Object> values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            String[] parts = path.split("\\.", 2);
            if (parts.length == 1) {
                tree.put(path, value);
            } else {
                Map<String, Object> section = sections.computeIfAbsent(parts[0], name -> new LinkedHashMap<>());
                section.put(parts[1], value);
                tree.put(parts[0], section);
            }
        });
        return tree;
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
