package io.stackel.report;

import java.util.Locale;

/** Keys in camel case as people read them. */
final class CamelCase {

    private CamelCase() {}

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
}
