package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stackel help}. */
@Command(
        name = "help",
        description = "Shows the help of a command, or of stackel.",
        footerHeading = "%nExamples:%n",
        footer = {"  stackel help run", "  stackel help sweep plan"})
final class HelpCommand extends Subcommand {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, as it is typed behind stackel.")
    private List<String> words = new ArrayList<>();

    @Override
    ExitCode run() {
        CommandLine command = spec().root().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw CommandFailure.usage(Misuse.unknownCommand(command, word));
            }
            command = next;
        }
        print(command.getUsageMessage());
        return ExitCode.SUCCESS;
    }
}
