package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.CatalogueException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists for the help what a configuration may name, with what the user's own jars bring. */
final class CatalogueText {

    private static final int WIDTH = 80;
    private static final int NAME = 22;

    private static final String END = """

            Exit codes of every command:
              0   done, or already done
              1   a mistake in Stackel
              2   a mistake in the configuration or in the arguments
              3   a mistake in your problem, or damaged data
              4   the run diverged
              5   another driver has taken the run over
              75  stopped, or something did not answer; run the same command again

            Examples:
              stackel run conf/experiments/four-rooms.yaml
              stackel help run          the options of a command
              stackel catalogue         which algorithm runs on which problem
              stackel schema            every key of a configuration
            """;

    private CatalogueText() {}

    /** Problems, policies and algorithms, each with its summary, and where to go on; what ships alone where a jar is broken. */
    static String of(ClassLoader loader) {
        try {
            return of(Catalogue.load(loader));
        } catch (CatalogueException broken) {
            return String.format(Locale.ROOT, "%n%s%n", broken.getMessage()) + of(Catalogue.shipped());
        }
    }

    private static String of(Catalogue catalogue) {
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
        return text.append(END.replace("\n", System.lineSeparator())).toString();
    }

    private static void add(String title, SortedMap<String, String> rows, StringBuilder into) {
        into.append(String.format(Locale.ROOT, "%n%s%n", title));
        rows.forEach((name, summary) -> {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-" + (NAME - 3) + "s", name));
            for (String word : summary.split(" ", -1)) {
                if (line.length() + 1 + word.length() > WIDTH) {
                    into.append(line).append(System.lineSeparator());
                    line = new StringBuilder(" ".repeat(NAME - 1));
                }
                line.append(' ').append(word);
            }
            into.append(line).append(System.lineSeparator());
        });
    }
}
