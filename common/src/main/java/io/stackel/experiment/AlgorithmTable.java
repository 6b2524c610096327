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
        List<Row> rows = new ArrayList<>();
        for (ProblemFactory factory : catalogue.problems().values()) {
            Row usual = row(factory, "", usual(factory), algorithms);
            rows.add(usual);
            if (usual.unknown().isEmpty()) {
                rows.addAll(others(factory, usual, algorithms));
            }
        }
        return new AlgorithmTable(
                algorithms.stream().map(AlgorithmFactory::name).toList(), rows);
    }

    private static SortedMap<String, Object> usual(ProblemFactory factory) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        return values;
    }

    /** The choices with which something else runs than usual, those that are alike in one row. */
    private static List<Row> others(ProblemFactory factory, Row usual, List<AlgorithmFactory> algorithms) {
        List<Row> rows = new ArrayList<>();
        for (Parameter parameter : factory.parameters()) {
            Map<SortedMap<String, String>, List<String>> alike = new LinkedHashMap<>();
            for (String choice : parameter.choices()) {
                Row row = row(factory, parameter.name(), choice, algorithms);
                boolean told =
                        rows.stream().anyMatch(earlier -> earlier.refusals().equals(row.refusals()));
                if (row.unknown().isEmpty() && !told && !row.refusals().equals(usual.refusals())) {
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

    /** A choice with the defaults, or if it contradicts them with the first other choice beside it that does not. */
    private static Row row(ProblemFactory factory, String key, String choice, List<AlgorithmFactory> algorithms) {
        SortedMap<String, Object> values = usual(factory);
        values.put(key, choice);
        Row row = row(factory, choice, values, algorithms);
        for (Parameter other : factory.parameters()) {
            for (String beside : other.choices()) {
                if (row.unknown().isPresent() && !other.name().equals(key)) {
                    SortedMap<String, Object> both = new TreeMap<>(values);
                    both.put(other.name(), beside);
                    row = row(factory, choice, both, algorithms);
                }
            }
        }
        return row;
    }

    private static Row row(
            ProblemFactory factory,
            String choice,
            SortedMap<String, Object> values,
            List<AlgorithmFactory> algorithms) {
        try {
            Problem problem = factory.create(new Settings(values));
            SortedMap<String, String> refusals = new TreeMap<>();
            for (AlgorithmFactory algorithm : algorithms) {
                algorithm.refusal(problem).ifPresent(reason -> refusals.put(algorithm.name(), reason));
            }
            return new Row(factory.name(), choice, refusals, Optional.empty());
        } catch (RuntimeException incomplete) {
            return new Row(
                    factory.name(), choice, new TreeMap<>(), Optional.of(String.valueOf(incomplete.getMessage())));
        }
    }

    /** As a table in Markdown, the problems that cannot be built left out. */
    public String markdown() {
        StringBuilder text = new StringBuilder("| problem |");
        algorithms.forEach(name -> text.append(" `").append(name).append("` |"));
        text.append("\n|---|").append("---|".repeat(algorithms.size())).append('\n');
        for (Row row : rows) {
            if (row.unknown().isEmpty()) {
                text.append("| ").append(row.name()).append(" |");
                algorithms.forEach(name -> text.append(row.runs(name) ? " yes |" : " |"));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
