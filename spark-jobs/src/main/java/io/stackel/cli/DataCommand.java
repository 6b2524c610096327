package io.stackel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stackel data}, which has only subcommands. */
@Command(
        name = "data",
        synopsisSubcommandLabel = "COMMAND",
        description = "Brings in data: tables of numbers, and labels that people gave.")
final class DataCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(new CommandLine(spec), "a command is missing");
    }
}
