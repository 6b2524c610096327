package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.ExitCode;
import io.stackel.run.StatusReport;
import io.stackel.store.Stores;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel status}. */
@Command(
        name = "status",
        description = "Shows how runs stand, while they run and afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel status runs/four-rooms-0123456789ab",
            "  stackel status runs/*",
            "  stackel status runs/mine --json | jq .exitCode     null while it runs"
        })
final class StatusCommand extends Subcommand {

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "The directory of a run: a path or a URI; several give one after the other.")
    private List<String> runs;

    @Option(
            names = "--json",
            description = {"Print one JSON object, or an array of them for several runs; what is not known yet is null."
            })
    private boolean json;

    @Override
    ExitCode run() {
        List<StatusReport> reports = runs.stream()
                .map(Stores::uri)
                .map(place -> StatusReport.of(place, RunArgument.reader(place)))
                .toList();
        if (!json) {
            print(reports.stream().map(StatusReport::text).collect(Collectors.joining("\n")));
        } else if (reports.size() == 1) {
            print(reports.get(0).json());
        } else {
            print(JsonText.indented(reports.stream().map(StatusReport::entries).toList()));
        }
        return ExitCode.SUCCESS;
    }
}
