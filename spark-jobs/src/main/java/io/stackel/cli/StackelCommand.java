package io.stackel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, which has only subcommands. */
@Command(
        name = "stackel",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Bilevel reinforcement learning and bilevel optimisation on Apache Spark.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or already done",
            "1:a mistake in Stackel",
            "2:a mistake in the configuration or in the arguments",
            "3:a mistake in your problem, or damaged data",
            "4:the run diverged",
            "5:another driver has taken the run over",
            "75:stopped or unlucky; the same command goes on"
        })
final class StackelCommand implements Callable<Integer> {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error, too.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    boolean debug() {
        return debug;
    }

    @Override
    public Integer call() {
        throw new ParameterException(new CommandLine(spec), "a command is missing");
    }
}
