package io.stackel.cli;

import io.stackel.run.ExitCode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stackel completion}. */
@Command(
        name = "completion",
        description = "Prints a script by which the shell completes commands, options, their values, and files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(stackel completion bash)      in ~/.bashrc",
            "  source <(stackel completion zsh)       in ~/.zshrc"
        })
final class CompletionCommand extends Subcommand {

    /** A shell that there is a script for. */
    enum Shell {
        /** The GNU shell. */
        BASH,
        /** The Z shell, which reads the same script by its bashcompinit. */
        ZSH;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Override
    ExitCode run() {
        if (shell == Shell.ZSH) {
            println("(( $+functions[compdef] )) || { autoload -U +X compinit && compinit; }");
            println("autoload -U +X bashcompinit && bashcompinit");
        }
        print(CompletionScript.of(spec().root()));
        return ExitCode.SUCCESS;
    }
}
