package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists for the help what a configuration may name, with what the user's own jars bring. */
final class CatalogueText {

    private CatalogueText() {}

    /** Problems, policies and algorithms, each with its summary, and where to go on. */
    static String of(ClassLoader loader) {
        Catalogue catalogue = Catalogue.load(loader);
        SortedMap<String, String> problems = new TreeMap<>();
        catalogue.problems().forEach((name, factory) -> problems.put(name, factory.summary()));
        SortedMap<String, String> policies = new TreeMap<>();
        catalogue.policies().forEach((name, factory) -> policies.put(name, factory.summary()));
        SortedMap<String, String> algorithms = new TreeMap<>();
        catalogue.algorithms().forEach((name, factory) -> algorithms.put(name, factory.summary()));
        StringBuilder text = new StringBuilder();
        add("Problems (problem.name):", problems, text);
        add("Policies (policy.name):", policies, text);
        add("Algorithms (algorithm.name):", algorithms, text);
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%nExamples:%n  stackel run conf/experiments/four-rooms.yaml%n  stackel run --help"
                                        + "     the options of a command%n  stackel schema         every key of a configuration%n"))
                .toString();
    }

    private static void add(String title, SortedMap<String, String> rows, StringBuilder into) {
        into.append(String.format(Locale.ROOT, "%n%s%n", title));
        rows.forEach((name, summary) -> into.append(String.format(Locale.ROOT, "  %-14s %s%n", name, summary)));
    }
}
