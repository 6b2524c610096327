package io.stackel.experiment;

import static java.util.Map.entry;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema of one declared key, and of an object of them.
 *
 * <p>Only keywords of the draft are used, so that strict validators accept it: what a change means for a run stands in
 * {@code $comment}. Source: JSON Schema, draft 2020-12.
 */
final class KeySchema {

    /** What every schema begins with. */
    static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private KeySchema() {}

    /** A map in the order of its entries. */
    @SafeVarargs
    static Map<String, Object> ordered(Map.Entry<String, ?>... entries) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (Map.Entry<String, ?> one : entries) {
            schema.put(one.getKey(), one.getValue());
        }
        return schema;
    }

    /** An object with these properties and no others. */
    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = ordered(entry("type", "object"), entry("properties", properties));
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** An object with the keys of a section. */
    static Map<String, Object> section(SectionKeys keys) {
        Map<String, Object> properties = ordered();
        List<String> required = new ArrayList<>();
        add(keys, properties, required);
        return object(properties, required);
    }

    /** Adds the keys of a section to properties, and those without a default to what is required. */
    static void add(SectionKeys keys, Map<String, Object> properties, List<String> required) {
        for (Parameter parameter : keys.parameters()) {
            properties.put(parameter.name(), of(parameter, parameter.fallback()));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
    }

    /** The schema of one key. */
    static Map<String, Object> of(Parameter parameter, Optional<Object> fallback) {
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
            addBounds(parameter.range(), true, item);
            schema.put("items", item);
        } else if (parameter.type() == Parameter.Type.WHOLE || parameter.type() == Parameter.Type.REAL) {
            addBounds(parameter.range(), parameter.type() == Parameter.Type.WHOLE, schema);
        }
        fallback.ifPresentOrElse(
                value -> schema.put("default", value),
                () -> parameter.example().ifPresent(value -> schema.put("examples", List.of(value))));
        schema.put("description", parameter.help());
        schema.put("$comment", "effect: " + parameter.effect().name().toLowerCase(Locale.ROOT));
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

    /** Adds the bounds of a number to its schema. */
    static void addBounds(Range range, boolean whole, Map<String, Object> schema) {
        addBound(range.lowOpen() ? "exclusiveMinimum" : "minimum", range.low(), whole, schema);
        addBound(range.highOpen() ? "exclusiveMaximum" : "maximum", range.high(), whole, schema);
    }

    private static void addBound(String key, double bound, boolean whole, Map<String, Object> schema) {
        if (Double.isFinite(bound)) {
            schema.put(key, whole && bound == Math.rint(bound) ? (Object) (long) bound : (Object) bound);
        }
    }
}
