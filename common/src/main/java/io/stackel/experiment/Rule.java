package io.stackel.experiment;

import io.stackel.problem.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must hold between keys of one section.
 *
 * @param keys the keys that the check reads; it is left out where one of them is wrong by itself
 * @param blamed the key whose position the message gets
 * @param check the broken rule with names and values, or nothing if it holds
 */
public record Rule(List<String> keys, String blamed, Function<Settings, Optional<String>> check) {

    public Rule {
        keys = List.copyOf(keys);
    }

    /** At most one of two optional keys may be given. */
    public static Rule exclusive(String first, String second) {
        return new Rule(
                List.of(first, second),
                second,
                settings -> settings.has(first) && settings.has(second)
                        ? Optional.of(second + " contradicts " + first + ": give one of them")
                        : Optional.empty());
    }

    /** One of two optional keys must be given, and not both. */
    public static Rule oneOf(String first, String second) {
        return new Rule(List.of(first, second), second, settings -> {
            if (settings.has(first) == settings.has(second)) {
                return Optional.of("exactly one of " + first + " and " + second + " must be given, but "
                        + (settings.has(first) ? "both are" : "neither is"));
            }
            return Optional.empty();
        });
    }
}
