package io.stackel.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names that a configuration may use for its problem, policy and algorithm, each with the keys of its section beside
 * {@code name}.
 *
 * @param problems names of problem families
 * @param policies names of policies
 * @param algorithms names of algorithms
 * @param dataProblems the names among {@code problems} whose configurations have neither policy nor sampling
 */
public record Vocabulary(
        SortedMap<String, SectionKeys> problems,
        SortedMap<String, SectionKeys> policies,
        SortedMap<String, SectionKeys> algorithms,
        SortedSet<String> dataProblems) {

    private static final List<String> RESERVED = List.of("name", "file");

    public Vocabulary {
        problems = checked(problems);
        policies = checked(policies);
        algorithms = checked(algorithms);
        dataProblems = Collections.unmodifiableSortedSet(new TreeSet<>(dataProblems));
    }

    /** The dotted paths of all keys, {@code upper.stepSize}, of whatever problem, policy or algorithm. */
    public SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>(FixedSections.TOP.names());
        FixedSections.SECTIONS.forEach((section, keys) -> add(section, keys, paths));
        problems.values().forEach(keys -> add("problem", keys, paths));
        policies.values().forEach(keys -> add("policy", keys, paths));
        algorithms.values().forEach(keys -> add("algorithm", keys, paths));
        return paths;
    }

    private static void add(String section, SectionKeys keys, SortedSet<String> into) {
        keys.names().forEach(name -> into.add(section + "." + name));
    }

    private static SortedMap<String, SectionKeys> checked(Map<String, SectionKeys> sections) {
        sections.forEach(
                (name, keys) -> RESERVED.stream().filter(keys.names()::contains).forEach(reserved -> {
                    throw new IllegalArgumentException("keys of " + name + " must not be called " + reserved);
                }));
        return Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }
}
