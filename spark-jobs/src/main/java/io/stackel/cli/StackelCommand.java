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
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or already done",
            "1:a mistake in Stackel",
            "2:a mistake in the configuration or in the arguments",
            "3:a mistake in your problem, or damaged data",
            "4:the run diverged",
            "5:another driver has taken the run over",
            "75:stopped or unlucky; the same command goes on"
        },
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            ExactCommand.class,
            CheckCommand.class,
            CatalogueCommand.class,
            StackelCommand.Data.class,
            StackelCommand.Sweep.class,
            ReplayCommand.class,
            DoctorCommand.class,
            CompareCommand.class,
            SchemaCommand.class
        })
final class StackelCommand extends Subcommand {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error, too.")
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

    private static ParameterException missing(Subcommand group) {
        return new ParameterException(group.spec().commandLine(), "a command is missing");
    }

    /** {@code stackel data}. */
    @Command(
            name = "data",
            synopsisSubcommandLabel = "COMMAND",
            description = "Brings in data: tables of numbers, and labels that people gave.",
            subcommands = {DataImportCommand.class, DataPreferencesCommand.class})
    static final class Data extends Subcommand {

        @Override
        ExitCode run() {
            throw missing(this);
        }
    }

    /** {@code stackel sweep}. */
    @Command(
            name = "sweep",
            synopsisSubcommandLabel = "COMMAND",
            description = "Many runs of one configuration: plans them, runs them, tells how they stand.",
            subcommands = {
                SweepPlanCommand.class,
                SweepRunCommand.class,
                SweepStatusCommand.class,
                SweepRetryCommand.class,
                SweepReportCommand.class
            })
    static final class Sweep extends Subcommand {

        @Override
        ExitCode run() {
            throw missing(this);
        }
    }

    /** What {@code --version} prints. */
    static final class VersionLine implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
