package io.stackel.cli;

import io.stackel.experiment.AlgorithmTable;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel catalogue}. */
@Command(
        name = "catalogue",
        description = "Says which algorithm runs on which problem, with those of your own jars, and why not.",
        footerHeading = "%nExamples:%n",
        footer = {"  stackel catalogue", "  stackel catalogue preferences"})
final class CatalogueCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PROBLEM",
            arity = "0..1",
            defaultValue = "",
            description = "A name of problem.name; then also why other algorithms do not run on it.")
    private String problem;

    @Option(names = "--json", description = "Print JSON, always with the reasons.")
    private boolean json;

    private final Surroundings surroundings;

    CatalogueCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.load(surroundings.loader());
        AlgorithmTable table = AlgorithmTable.of(catalogue);
        List<AlgorithmTable.Row> rows = table.rows().stream()
                .filter(row -> problem.isEmpty() || row.problem().equals(problem))
                .toList();
        if (rows.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no problem " + problem + "; there are "
                            + String.join(", ", catalogue.problems().keySet()));
        }
        PrintStream out = surroundings.out();
        if (json) {
            out.print(JsonText.indented(Map.of(
                    "problems", rows.stream().map(row -> tree(row, table)).toList())));
        } else {
            rows.forEach(row -> print(row, table, out));
        }
        out.flush();
        return ExitCode.SUCCESS.code();
    }

    private void print(AlgorithmTable.Row row, AlgorithmTable table, PrintStream out) {
        out.println(row.name());
        if (row.unknown().isPresent()) {
            out.println("  not known before it has all its settings: "
                    + row.unknown().get());
            return;
        }
        out.println("  " + String.join(", ", running(row, table)));
        if (!problem.isEmpty()) {
            row.refusals().values().forEach(reason -> out.println("  no: " + reason.replaceFirst("; use .*", "")));
        }
    }

    private static List<String> running(AlgorithmTable.Row row, AlgorithmTable table) {
        return table.algorithms().stream().filter(row::runs).toList();
    }

    private static Map<String, Object> tree(AlgorithmTable.Row row, AlgorithmTable table) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("problem", row.problem());
        tree.put("choice", row.choice());
        tree.put("runs", running(row, table));
        tree.put("refused", row.refusals());
        row.unknown().ifPresent(reason -> tree.put("unknown", reason));
        return tree;
    }
}
