package io.stackel.experiment;

import static java.util.Map.entry;

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
        Map<String, Object> schema = ordered(
                entry("$schema", "https://json-schema.org/draft/2020-12/schema"), entry("title", "Stackel experiment"));
        Map<String, Object> properties = ordered();
        List<String> required = new ArrayList<>(FixedSections.NAMED);
        addParameters(FixedSections.TOP, properties, required);
        Map<String, Object> name = parameter(FixedSections.NAME);
        name.put("pattern", "^" + FixedSections.NAME_PATTERN + "$");
        properties.put("name", name);
        List<Object> problems = named(vocabulary.problems());
        problems.add(file());
        properties.put("problem", oneOf(problems));
        properties.put("policy", oneOf(named(vocabulary.policies())));
        properties.put("algorithm", oneOf(named(vocabulary.algorithms())));
        FixedSections.SECTIONS.forEach((section, keys) -> {
            Map<String, Object> object = section(keys, ordered(), new ArrayList<>());
            if (object.containsKey("required")) {
                required.add(section);
            } else {
                object.put("type", List.of("object", "null"));
            }
            properties.put(section, object);
        });
        if (!vocabulary.dataProblems().isEmpty()) {
            required.removeAll(TRAJECTORIES);
            schema.put("anyOf", trajectoriesOrData(vocabulary));
        }
        schema.putAll(object(properties, required));
        return JsonText.indented(schema);
    }

    @SafeVarargs
    private static Map<String, Object> ordered(Map.Entry<String, ?>... entries) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (Map.Entry<String, ?> one : entries) {
            schema.put(one.getKey(), one.getValue());
        }
        return schema;
    }

    /** A problem of trajectories has policy and sampling, one with data has neither, a file may be of either kind. */
    private static List<Object> trajectoriesOrData(Vocabulary vocabulary) {
        Map<String, Object> name = Map.of("enum", List.copyOf(vocabulary.dataProblems()));
        Map<String, Object> problem = ordered(entry("properties", Map.of("name", name)), entry("type", "object"));
        List<?> sections = TRAJECTORIES.stream()
                .map(section -> Map.of("required", List.of(section)))
                .toList();
        return List.of(
                Map.of("required", TRAJECTORIES),
                ordered(entry("properties", Map.of("problem", problem)), entry("not", Map.of("anyOf", sections))));
    }

    private static Map<String, Object> oneOf(List<Object> alternatives) {
        return ordered(entry("type", "object"), entry("oneOf", alternatives));
    }

    private static List<Object> named(SortedMap<String, SectionKeys> names) {
        List<Object> alternatives = new ArrayList<>();
        names.forEach((name, keys) -> alternatives.add(
                section(keys, ordered(entry("name", Map.of("const", name))), new ArrayList<>(List.of("name")))));
        return alternatives;
    }

    private static Map<String, Object> file() {
        Map<String, Object> uri = ordered(
                entry("type", "string"),
                entry("description", "URI or path of a problem with its tables or data."),
                entry("x-effect", "content"));
        return object(Map.of("file", uri), List.of("file"));
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
        Map<String, Object> schema = ordered(entry("type", "object"), entry("properties", properties));
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema = ordered();
        String type = type(parameter.type());
        boolean nullable = !parameter.required() && parameter.fallback().isEmpty();
        if (parameter.type() == Parameter.Type.CHOICE) {
            Map<String, Object> words = Map.of("enum", parameter.choices());
            schema.putAll(nullable ? Map.of("anyOf", List.of(words, Map.of("type", "null"))) : words);
        } else {
            schema.put("type", nullable ? List.of(type, "null") : type);
        }
        if (parameter.type() == Parameter.Type.WHOLES) {
            Map<String, Object> item = ordered(entry("type", "integer"));
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
        if (whole || parameter.type() == Parameter.Type.REAL) {
            addBound(range.lowOpen() ? "exclusiveMinimum" : "minimum", range.low(), whole, schema);
            addBound(range.highOpen() ? "exclusiveMaximum" : "maximum", range.high(), whole, schema);
        }
    }

    private static void addBound(String key, double bound, boolean whole, Map<String, Object> schema) {
        if (Double.isFinite(bound)) {
            schema.put(key, whole && bound == Math.rint(bound) ? (Object) (long) bound : (Object) bound);
        }
    }
}
