package io.stackel.experiment;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which algorithm runs on which problem of a catalogue, and why not: computed from what algorithms need and problems
 * offer, with the defaults of each problem's settings and then with each of its choices.
 *
 * @param algorithms by name, in the order of the documentation
 */
public record AlgorithmTable(List<String> algorithms, List<Row> rows) {

    /**
     * A problem, or a choice of its settings that changes what runs.
     *
     * @param problem the name of the family
     * @param choice such as {@code task: cart-pole or pendulum}; empty for the defaults
     * @param refusals why an algorithm does not run, by its name
     * @param unknown why nothing is known: the problem cannot be built without further settings
     */
    public record Row(String problem, String choice, SortedMap<String, String> refusals, Optional<String> unknown) {

        /** Whether an algorithm runs, as far as the problem is concerned. */
        public boolean runs(String algorithm) {
            return unknown.isEmpty() && !refusals.containsKey(algorithm);
        }

        /** The problem with its choice, for people. */
        public String name() {
            return choice.isEmpty() ? problem : problem + " (" + choice + ")";
        }
    }

    /** Asks every algorithm of a catalogue about every problem of it. */
    public static AlgorithmTable of(Catalogue catalogue) {
        List<AlgorithmFactory> algorithms = List.copyOf(catalogue.algorithms().values());
        return new AlgorithmTable(
                algorithms.stream().map(AlgorithmFactory::name).toList(),
                catalogue.problems().values().stream()
                        .flatMap(factory -> new Family(factory, algorithms).rows().stream())
                        .toList());
    }

    /** One family of problems, about which algorithms are asked. */
    private record Family(ProblemFactory factory, List<AlgorithmFactory> algorithms) {

        /** What runs with the defaults, then the choices with which something else does, those that are alike in one row. */
        List<Row> rows() {
            Row usual = row("", usual());
            List<Row> rows = new ArrayList<>(List.of(usual));
            List<Parameter> parameters = usual.unknown().isEmpty() ? factory.parameters() : List.of();
            for (Parameter parameter : parameters) {
                Map<SortedMap<String, String>, List<String>> alike = new LinkedHashMap<>();
                for (String choice : parameter.choices()) {
                    Row row = row(parameter.name(), choice);
                    boolean told =
                            rows.stream().anyMatch(earlier -> earlier.refusals().equals(row.refusals()));
                    if (row.unknown().isEmpty() && !told) {
                        alike.computeIfAbsent(row.refusals(), none -> new ArrayList<>())
                                .add(choice);
                    }
                }
                alike.forEach((refusals, choices) -> rows.add(new Row(
                        factory.name(),
                        parameter.name() + ": " + String.join(" or ", choices),
                        refusals,
                        Optional.empty())));
            }
            return rows;
        }

        private SortedMap<String, Object> usual() {
            SortedMap<String, Object> values = new TreeMap<>();
            for (Parameter parameter : factory.parameters()) {
                parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
            }
            return values;
        }

        /** A choice with the defaults, or if it contradicts them with the first other choice beside it that does not. */
        private Row row(String key, String choice) {
            SortedMap<String, Object> values = usual();
            values.put(key, choice);
            Row row = row(choice, values);
            for (Parameter other : factory.parameters()) {
                for (String beside : other.choices()) {
                    if (row.unknown().isPresent() && !other.name().equals(key)) {
                        SortedMap<String, Object> both = new TreeMap<>(values);
                        both.put(other.name(), beside);
                        row = row(choice, both);
                    }
                }
            }
            return row;
        }

        private Row row(String choice, SortedMap<String, Object> values) {
            SortedMap<String, String> refusals = new TreeMap<>();
            try {
                Problem problem = factory.create(new Settings(values));
                for (AlgorithmFactory algorithm : algorithms) {
                    algorithm.refusal(problem).ifPresent(reason -> refusals.put(algorithm.name(), reason));
                }
                return new Row(factory.name(), choice, refusals, Optional.empty());
            } catch (RuntimeException incomplete) {
                return new Row(
                        factory.name(), choice, new TreeMap<>(), Optional.of(String.valueOf(incomplete.getMessage())));
            }
        }
    }
}
