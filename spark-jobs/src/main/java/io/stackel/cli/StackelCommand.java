package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command itself, which has only subcommands. */
@Command(
        name = "stackel",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = StackelCommand.VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Bilevel reinforcement learning and bilevel optimisation on Apache Spark.",
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            StatusCommand.class,
            ListCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            ExactCommand.class,
            CheckCommand.class,
            CatalogueCommand.class,
            DataCommand.class,
            SweepCommand.class,
            LabCommand.class,
            ReplayCommand.class,
            DoctorCommand.class,
            CompareCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
final class StackelCommand extends Subcommand {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Also print the stack trace of an error.")
    private boolean debug;

    private final CommandEnvironment environment;

    StackelCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    boolean debug() {
        return debug;
    }

    @Override
    CommandEnvironment environment() {
        return environment;
    }

    @Override
    ExitCode run() {
        throw missing(this);
    }

    /** The failure of a group that was given without one of its commands. */
    static ParameterException missing(Subcommand group) {
        return new ParameterException(group.spec().commandLine(), "a command is missing");
    }

    /** What {@code --version} prints. */
    static final class VersionLine implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
