package io.stackel.cli;

import io.stackel.run.ExitCode;
import picocli.CommandLine.Command;

/** {@code stackel data}. */
@Command(
        name = "data",
        synopsisSubcommandLabel = "COMMAND",
        description = "Brings in data: tables of numbers, and labels that people gave.",
        subcommands = {DataImportCommand.class, DataPreferencesCommand.class})
final class DataCommand extends Subcommand {

    @Override
    ExitCode run() {
        throw StackelCommand.missing(this);
    }
}
