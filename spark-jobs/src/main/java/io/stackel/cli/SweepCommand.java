package io.stackel.cli;

import io.stackel.run.ExitCode;
import picocli.CommandLine.Command;

/** {@code stackel sweep}. */
@Command(
        name = "sweep",
        synopsisSubcommandLabel = "COMMAND",
        description = "Many runs of one configuration: plans them, runs them, shows how they stand.",
        subcommands = {
            SweepPlanCommand.class,
            SweepRunCommand.class,
            SweepStatusCommand.class,
            SweepRetryCommand.class,
            SweepReportCommand.class
        })
final class SweepCommand extends Subcommand {

    @Override
    ExitCode run() {
        throw StackelCommand.missing(this);
    }
}
