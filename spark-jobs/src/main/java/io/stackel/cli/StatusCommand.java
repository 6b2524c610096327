package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.StatusReport;
import io.stackel.store.RunReader;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel status}. */
@Command(
        name = "status",
        description = "Tells how a run stands, while it runs and afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel status runs/four-rooms-0123456789ab",
            "  stackel status s3a://bucket/runs/mine --json | jq .exitCode     null while it runs"
        })
final class StatusCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's directory: a path or a URI.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object; what is not known yet is null.")
    private boolean json;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        URI out = Stores.uri(run);
        StatusReport report = StatusReport.of(out, RunReader.open(Stores.openForReading(out, new HadoopSettings())));
        surroundings.out().print(json ? report.json() : report.text());
        surroundings.out().flush();
        return ExitCode.SUCCESS.code();
    }
}
