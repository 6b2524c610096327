package io.stackel.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names that a configuration may use for its problem, policy and algorithm, each with the keys of its section beside
 * {@code name}.
 *
 * @param problems names of problem families
 * @param problemFile the keys beside {@code file} of a problem that is read from a file
 * @param policies names of policies
 * @param algorithms names of algorithms
 */
public record Vocabulary(
        SortedMap<String, SectionKeys> problems,
        SectionKeys problemFile,
        SortedMap<String, SectionKeys> policies,
        SortedMap<String, SectionKeys> algorithms) {

    private static final List<String> RESERVED = List.of("name", "file");

    public Vocabulary {
        problems = checked(problems);
        policies = checked(policies);
        algorithms = checked(algorithms);
        checkReserved("file", problemFile);
    }

    private static SortedMap<String, SectionKeys> checked(Map<String, SectionKeys> sections) {
        sections.forEach(Vocabulary::checkReserved);
        return Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }

    private static void checkReserved(String name, SectionKeys keys) {
        for (String reserved : RESERVED) {
            if (keys.names().contains(reserved)) {
                throw new IllegalArgumentException("keys of " + name + " must not be called " + reserved);
            }
        }
    }
}
