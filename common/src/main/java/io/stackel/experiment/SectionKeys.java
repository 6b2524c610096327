package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The keys of one section and what must hold between them.
 *
 * @param parameters in the order in which they are documented
 * @param rules checked after the keys themselves
 */
public record SectionKeys(List<Parameter> parameters, List<Rule> rules) {

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

    public SectionKeys {
        parameters = List.copyOf(parameters);
        rules = List.copyOf(rules);
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException("key " + parameter.name() + " must be declared once");
            }
        }
        for (Rule rule : rules) {
            if (!names.containsAll(rule.keys()) || !names.contains(rule.blamed())) {
                throw new IllegalArgumentException("keys of a rule must be declared, but were " + rule.keys());
            }
        }
    }

    /** Keys without rules. */
    public static SectionKeys of(List<Parameter> parameters) {
        return new SectionKeys(parameters, List.of());
    }

    /** The names of the keys, in order. */
    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }
}
