package io.stackel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stackel sweep}, which has only subcommands. */
@Command(
        name = "sweep",
        synopsisSubcommandLabel = "COMMAND",
        description = "Many runs of one configuration: plans them, runs them, tells how they stand.")
final class SweepCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(new CommandLine(spec), "a command is missing");
    }
}
