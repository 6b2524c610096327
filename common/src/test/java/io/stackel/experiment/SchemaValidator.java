package io.stackel.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Validates by the keywords of JSON Schema that {@link ConfigurationSchema} uses, and fails on any other. */
final class SchemaValidator {

    private static final Set<String> ANNOTATIONS = Set.of("$schema", "title", "default", "description", "x-effect");

    private SchemaValidator() {}

    /** Whether {@code value} satisfies {@code schema}. */
    static boolean accepts(JsonNode schema, JsonNode value) {
        boolean accepted = true;
        Iterator<Map.Entry<String, JsonNode>> keywords = schema.properties().iterator();
        while (keywords.hasNext()) {
            Map.Entry<String, JsonNode> keyword = keywords.next();
            accepted &= ANNOTATIONS.contains(keyword.getKey())
                    || accepts(keyword.getKey(), keyword.getValue(), schema, value);
        }
        return accepted;
    }

    private static boolean accepts(String keyword, JsonNode argument, JsonNode schema, JsonNode value) {
        return switch (keyword) {
            case "type" -> list(argument).stream().anyMatch(type -> hasType(type.textValue(), value));
            case "const" -> argument.equals(value);
            case "enum" -> list(argument).contains(value);
            case "pattern" -> !value.isTextual() || value.textValue().matches(argument.textValue());
            case "minimum" -> !value.isNumber() || value.doubleValue() >= argument.doubleValue();
            case "maximum" -> !value.isNumber() || value.doubleValue() <= argument.doubleValue();
            case "exclusiveMinimum" -> !value.isNumber() || value.doubleValue() > argument.doubleValue();
            case "exclusiveMaximum" -> !value.isNumber() || value.doubleValue() < argument.doubleValue();
            case "items" -> !value.isArray() || list(value).stream().allMatch(item -> accepts(argument, item));
            case "oneOf" -> count(argument, value) == 1;
            case "anyOf" -> count(argument, value) >= 1;
            case "required" -> list(argument).stream().allMatch(key -> value.has(key.textValue()));
            case "properties" ->
                argument.properties().stream()
                        .allMatch(entry ->
                                !value.has(entry.getKey()) || accepts(entry.getValue(), value.get(entry.getKey())));
            case "additionalProperties" ->
                argument.isBoolean()
                        && value.properties().stream()
                                .allMatch(entry -> schema.get("properties").has(entry.getKey()));
            default -> throw new IllegalArgumentException("keyword must be known, but was " + keyword);
        };
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            default -> throw new IllegalArgumentException("type must be known, but was " + type);
        };
    }

    private static long count(JsonNode schemas, JsonNode value) {
        return list(schemas).stream().filter(schema -> accepts(schema, value)).count();
    }

    private static List<JsonNode> list(JsonNode node) {
        if (!node.isArray()) {
            return List.of(node);
        }
        List<JsonNode> items = new ArrayList<>();
        node.forEach(items::add);
        return items;
    }
}
