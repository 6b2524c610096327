package io.stackel.cli;

import io.stackel.experiment.AlgorithmTable;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel catalogue}. */
@Command(
        name = "catalogue",
        description =
                "Shows which algorithms run on which problems, with those of your own jars, and why others do not.",
        footerHeading = "%nExamples:%n",
        footer = {"  stackel catalogue", "  stackel catalogue preferences"})
final class CatalogueCommand extends Subcommand {

    @Parameters(
            paramLabel = "PROBLEM",
            completionCandidates = KnownNames.Problems.class,
            arity = "0..1",
            defaultValue = "",
            description = "A name of problem.name: say also why other algorithms do not run on it.")
    private String problem;

    @Option(names = "--json", description = "Print JSON, always with the reasons.")
    private boolean json;

    @Override
    ExitCode run() {
        Catalogue catalogue = Catalogue.load(loader());
        AlgorithmTable table = AlgorithmTable.of(catalogue);
        List<AlgorithmTable.Row> rows = table.rows().stream()
                .filter(row -> problem.isEmpty() || row.problem().equals(problem))
                .toList();
        if (rows.isEmpty()) {
            throw CommandFailure.usage("there is no problem " + problem + "; there are "
                    + String.join(", ", catalogue.problems().keySet()));
        }
        if (json) {
            print(JsonText.indented(Map.of(
                    "problems", rows.stream().map(row -> tree(row, table)).toList())));
        } else {
            rows.forEach(row -> print(row, table));
        }
        return ExitCode.SUCCESS;
    }

    private void print(AlgorithmTable.Row row, AlgorithmTable table) {
        println(row.name());
        if (row.unknown().isPresent()) {
            println("  not known before it has all its settings: "
                    + row.unknown().get());
            return;
        }
        println("  " + String.join(", ", running(row, table)));
        if (!problem.isEmpty()) {
            row.refusals().values().forEach(reason -> println("  no: " + reason.replaceFirst("; use .*", "")));
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
