package io.stackel.cli;

import io.stackel.run.ExitCode;
import picocli.CommandLine.Command;

/** {@code stackel lab}. */
@Command(
        name = "lab",
        synopsisSubcommandLabel = "COMMAND",
        description = "Studies of algorithms against exact hypergradients.",
        subcommands = SampleComplexityCommand.class)
final class LabCommand extends Subcommand {

    @Override
    ExitCode run() {
        throw StackelCommand.missing(this);
    }
}
