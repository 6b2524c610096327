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
 * @param problemFile the keys beside {@code file} of a problem that is read from a file
 * @param policies names of policies
 * @param algorithms names of algorithms
 * @param dataProblems the names among {@code problems} whose configurations have neither policy nor sampling
 */
public record Vocabulary(
        SortedMap<String, SectionKeys> problems,
        SectionKeys problemFile,
        SortedMap<String, SectionKeys> policies,
        SortedMap<String, SectionKeys> algorithms,
        SortedSet<String> dataProblems) {

    private static final List<String> RESERVED = List.of("name", "file");

    public Vocabulary {
        problems = checked(problems);
        policies = checked(policies);
        algorithms = checked(algorithms);
        checkReserved("file", problemFile);
        dataProblems = Collections.unmodifiableSortedSet(new TreeSet<>(dataProblems));
    }

    /** A vocabulary whose problems all sample trajectories. */
    public Vocabulary(
            SortedMap<String, SectionKeys> problems,
            SectionKeys problemFile,
            SortedMap<String, SectionKeys> policies,
            SortedMap<String, SectionKeys> algorithms) {
        this(problems, problemFile, policies, algorithms, new TreeSet<>());
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
