package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keys in camel case as people read them. */
final class Words {

    private Words() {}

    /** {@code trueReturn} as {@code true return}. */
    static String spaced(String key) {
        return key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** {@code trueReturn} as {@code true-return}; what is neither letter nor digit becomes a hyphen. */
    static String hyphened(String key) {
        return spaced(key).replaceAll("[^a-z0-9]+", "-");
    }

    /** {@code trueReturn} as {@code True return}. */
    static String title(String key) {
        String words = spaced(key);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** An object of JSON as {@code engine, key value, key value}. */
    static String listed(JsonNode object) {
        List<String> words = new ArrayList<>();
        object.properties()
                .forEach(entry -> words.add(
                        entry.getKey().equals("engine")
                                ? entry.getValue().asText()
                                : spaced(entry.getKey()) + " "
                                        + entry.getValue().asText()));
        return String.join(", ", words);
    }
}
