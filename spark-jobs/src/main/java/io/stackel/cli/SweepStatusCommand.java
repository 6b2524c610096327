package io.stackel.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel sweep status}. */
@Command(
        name = "status",
        description = "Tells how the trials of a sweep stand, while it runs and afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel sweep status sweeps/mine-0123456789ab",
            "  stackel sweep status s3a://bucket/sweeps/mine --json | jq '.trials[] | select(.state == \"failed\")'"
        })
final class SweepStatusCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private SweepArgument sweep;

    @Option(names = "--trial", paramLabel = "NAME", description = "Only this trial; repeatable.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print one JSON object with every trial; what is not known yet is null.")
    private boolean json;

    SweepStatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        LoadedSweep loaded = sweep.read(surroundings).only(only);
        SweepText text = new SweepText(loaded, loaded.standing());
        surroundings.out().print(json ? text.json() : text.text());
        surroundings.out().flush();
        return 0;
    }
}
