package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.StatusReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel status}. */
@Command(
        name = "status",
        description = "Tells how a run stands, while it runs and afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel status runs/four-rooms-0123456789ab",
            "  stackel status s3a://bucket/runs/mine --json | jq .exitCode     null while it runs"
        })
final class StatusCommand extends Subcommand {

    @Mixin
    private RunArgument run;

    @Option(names = "--json", description = "Print one JSON object; what is not known yet is null.")
    private boolean json;

    @Override
    ExitCode run() {
        StatusReport report = StatusReport.of(run.place(), run.reader());
        print(json ? report.json() : report.text());
        return ExitCode.SUCCESS;
    }
}
