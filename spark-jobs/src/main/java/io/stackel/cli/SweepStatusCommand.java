package io.stackel.cli;

import io.stackel.run.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel sweep status}. */
@Command(
        name = "status",
        description = "Shows how the trials of a sweep stand, while it runs and afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel sweep status sweeps/mine-0123456789ab",
            "  stackel sweep status sweeps/mine --json \\",
            "      | jq '.trials[] | select(.state == \"failed\")'"
        })
final class SweepStatusCommand extends Subcommand {

    @Mixin
    private LoadedSweep.Argument sweep;

    @Option(names = "--trial", paramLabel = "NAME", description = "Only this trial; repeatable.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print one JSON object with every trial; what is not known yet is null.")
    private boolean json;

    @Override
    ExitCode run() {
        LoadedSweep loaded = sweep.read(environment()).only(only);
        SweepText text = new SweepText(loaded, loaded.status());
        print(json ? text.json() : text.text());
        return ExitCode.SUCCESS;
    }
}
