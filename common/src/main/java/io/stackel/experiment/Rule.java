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
}
