package io.stackel.experiment;

import static io.stackel.experiment.KeySchema.ordered;
import static java.util.Map.entry;

import io.stackel.families.FileKey;
import io.stackel.families.ProblemFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JSON Schema of problem files. It has depths of tables and ranges of numbers; whether shapes agree and rows sum to 1 is
 * found when a file is read.
 */
final class ProblemFileSchema {

    private ProblemFileSchema() {}

    static String json() {
        List<String> kinds = ProblemFormat.ALL.stream().map(ProblemFormat::kind).toList();
        return JsonText.indented(ordered(
                entry("$schema", KeySchema.DRAFT),
                entry("title", "Stackel problem file"),
                entry("type", "object"),
                entry("required", List.of("kind", "problem")),
                entry("properties", ordered(entry("kind", Map.of("enum", kinds)), entry("problem", true))),
                entry(
                        "oneOf",
                        ProblemFormat.ALL.stream()
                                .map(ProblemFileSchema::alternative)
                                .toList())));
    }

    private static Map<String, Object> alternative(ProblemFormat format) {
        Map<String, Object> problem = section(format.problem());
        if (!format.together().isEmpty()) {
            Map<String, Object> dependent = ordered();
            Stream.of(format.together(), format.with())
                    .flatMap(List::stream)
                    .forEach(key -> dependent.put(key, format.together()));
            problem.put("dependentRequired", dependent);
        }
        return ordered(
                entry("type", "object"),
                entry("description", Sentence.of(format.summary())),
                entry(
                        "properties",
                        ordered(
                                entry("kind", Map.of("const", format.kind())),
                                entry("problem", problem),
                                entry("at", section(format.at())))));
    }

    private static Map<String, Object> section(List<FileKey> keys) {
        Map<String, Object> properties = ordered();
        List<String> required = new ArrayList<>();
        for (FileKey key : keys) {
            Map<String, Object> property = ordered();
            property.putAll(value(key));
            key.fallback().filter(value -> key.shapes().isEmpty()).ifPresent(value -> property.put("default", value));
            property.put("description", key.help());
            properties.put(key.name(), property);
            if (key.required()) {
                required.add(key.name());
            }
        }
        return KeySchema.object(properties, required);
    }

    private static Map<String, Object> value(FileKey key) {
        List<Map<String, Object>> alternatives =
                key.shapes().stream().map(axes -> table(key, axes.size())).toList();
        return switch (alternatives.size()) {
            case 0 -> table(key, 0);
            case 1 -> alternatives.get(0);
            default -> ordered(entry("anyOf", alternatives));
        };
    }

    private static Map<String, Object> table(FileKey key, int depth) {
        if (depth > 0) {
            return ordered(entry("type", "array"), entry("items", table(key, depth - 1)));
        }
        Map<String, Object> number = ordered(entry("type", key.whole() ? "integer" : "number"));
        KeySchema.addBounds(key.range(), key.whole(), number);
        return number;
    }
}
