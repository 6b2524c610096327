package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * The JSON Schema of configurations, for editors.
 *
 * <p>It says of each key what its {@link Parameter} says: type, bounds, words, default, help and, as {@code x-effect},
 * what a change means for a run. Rules between keys are not in it. Source: JSON Schema, draft 2020-12.
 */
public final class ConfigurationSchema {

    private static final List<String> TRAJECTORIES = List.of("policy", FixedSections.SAMPLING_NAME);

    private ConfigurationSchema() {}

    /** The schema of configurations that use the names of {@code vocabulary}, as indented JSON. */
    public static String json(Vocabulary vocabulary) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Stackel experiment");
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>(FixedSections.NAMED);
        addParameters(FixedSections.TOP, properties, required);
        properties.put("name", runName(properties.get("name")));
        List<Object> problems = named(vocabulary.problems());
        problems.add(file(vocabulary.problemFile()));
        properties.put("problem", oneOf(problems));
        properties.put("policy", oneOf(named(vocabulary.policies())));
        properties.put("algorithm", oneOf(named(vocabulary.algorithms())));
        FixedSections.SECTIONS.forEach((name, keys) -> {
            Map<String, Object> section = section(keys, new LinkedHashMap<>(), new ArrayList<>());
            if (section.containsKey("required")) {
                required.add(name);
            } else {
                section.put("type", List.of("object", "null"));
            }
            properties.put(name, section);
        });
        if (!vocabulary.dataProblems().isEmpty()) {
            required.removeAll(TRAJECTORIES);
            schema.put("anyOf", trajectoriesOrData(vocabulary));
        }
        schema.putAll(object(properties, required));
        return JsonText.indented(schema);
    }

    /** A problem of trajectories has policy and sampling, one with data has neither, a file may be of either kind. */
    private static List<Object> trajectoriesOrData(Vocabulary vocabulary) {
        Map<String, Object> name = Map.of("enum", List.copyOf(vocabulary.dataProblems()));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("properties", Map.of("problem", Map.of("properties", Map.of("name", name), "type", "object")));
        data.put(
                "not",
                Map.of(
                        "anyOf",
                        TRAJECTORIES.stream()
                                .map(section -> (Object) Map.of("required", List.of(section)))
                                .toList()));
        Map<String, Object> trajectories = new LinkedHashMap<>();
        trajectories.put("required", TRAJECTORIES);
        return List.of(trajectories, data);
    }

    private static Map<String, Object> runName(Object text) {
        Map<String, Object> schema = new LinkedHashMap<>();
        ((Map<?, ?>) text).forEach((key, value) -> schema.put((String) key, value));
        schema.put("pattern", "^" + FixedSections.NAME_PATTERN + "$");
        return schema;
    }

    private static Map<String, Object> oneOf(List<Object> alternatives) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("oneOf", alternatives);
        return schema;
    }

    private static List<Object> named(SortedMap<String, SectionKeys> names) {
        List<Object> alternatives = new ArrayList<>();
        names.forEach((name, keys) -> {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("name", new LinkedHashMap<>(Map.of("const", name)));
            alternatives.add(section(keys, properties, new ArrayList<>(List.of("name"))));
        });
        return alternatives;
    }

    private static Map<String, Object> file(SectionKeys keys) {
        Map<String, Object> uri = new LinkedHashMap<>();
        uri.put("type", "string");
        uri.put("description", "URI or path of a problem with its tables or data.");
        uri.put("x-effect", "content");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("file", uri);
        return section(keys, properties, new ArrayList<>(List.of("file")));
    }

    private static Map<String, Object> section(
            SectionKeys keys, Map<String, Object> properties, List<String> required) {
        addParameters(keys, properties, required);
        return object(properties, required);
    }

    private static void addParameters(SectionKeys keys, Map<String, Object> properties, List<String> required) {
        for (Parameter parameter : keys.parameters()) {
            properties.put(parameter.name(), parameter(parameter));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String type = type(parameter.type());
        boolean nullable = !parameter.required() && parameter.fallback().isEmpty();
        if (parameter.type() == Parameter.Type.CHOICE) {
            Map<String, Object> words = new LinkedHashMap<>(Map.of("enum", parameter.choices()));
            schema.putAll(nullable ? Map.of("anyOf", List.of(words, Map.of("type", "null"))) : words);
        } else {
            schema.put("type", nullable ? List.of(type, "null") : type);
        }
        if (parameter.type() == Parameter.Type.WHOLES) {
            Map<String, Object> item = new LinkedHashMap<>(Map.of("type", "integer"));
            addBounds(parameter, item);
            schema.put("items", item);
        } else {
            addBounds(parameter, schema);
        }
        parameter.fallback().ifPresent(fallback -> schema.put("default", fallback));
        schema.put("description", parameter.help());
        schema.put("x-effect", parameter.effect().name().toLowerCase(Locale.ROOT));
        return schema;
    }

    private static String type(Parameter.Type type) {
        return switch (type) {
            case REAL -> "number";
            case WHOLE -> "integer";
            case TEXT, CHOICE -> "string";
            case WHOLES -> "array";
            case FLAG -> "boolean";
        };
    }

    private static void addBounds(Parameter parameter, Map<String, Object> schema) {
        Range range = parameter.range();
        boolean whole = parameter.type() == Parameter.Type.WHOLE || parameter.type() == Parameter.Type.WHOLES;
        if (!whole && parameter.type() != Parameter.Type.REAL) {
            return;
        }
        if (Double.isFinite(range.low())) {
            schema.put(range.lowOpen() ? "exclusiveMinimum" : "minimum", bound(range.low(), whole));
        }
        if (Double.isFinite(range.high())) {
            schema.put(range.highOpen() ? "exclusiveMaximum" : "maximum", bound(range.high(), whole));
        }
    }

    private static Object bound(double value, boolean whole) {
        return whole && value == Math.rint(value) ? (Object) (long) value : (Object) value;
    }
}
