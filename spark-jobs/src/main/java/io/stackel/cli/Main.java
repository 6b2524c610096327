package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.FailureReport;
import io.stackel.run.ProcessEnd;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The entry of the program, and what becomes of the process around it. */
public final class Main {

    /** The system property by which the launcher says that stderr is a terminal. */
    private static final String TERMINAL = "stackel.terminal";

    private static final int HELP_WIDTH = 110;

    private Main() {}

    /**
     * Runs one command of the command line and ends the process. What user code or a library prints goes to stderr, so that
     * stdout holds results alone.
     */
    public static void main(String[] args) {
        PrintStream err = System.err;
        System.setOut(err);
        ProcessEnd process = ProcessEnd.ours(err).watched();
        process.exit(run(args, Surroundings.of(Results.ofProcess(), err, Boolean.getBoolean(TERMINAL), process)));
    }

    /**
     * Runs one command in this process.
     *
     * @param out takes results
     * @param err takes progress and errors
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, Surroundings.of(new Results(out), err, false, ProcessEnd.ours(err)));
    }

    static int run(String[] args, Surroundings surroundings) {
        StackelCommand top = new StackelCommand();
        IExecutionExceptionHandler failed = (failure, command, parsed) -> {
            surroundings.err().println(FailureReport.text(failure, top.debug()));
            return FailureReport.exitCode(failure).code();
        };
        IParameterExceptionHandler misused = (failure, given) -> {
            CommandLine command = failure.getCommandLine();
            surroundings.err().println("stackel: " + failure.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(
                    failure, PlainStream.of(surroundings.err()).writer());
            surroundings.err().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE.code();
        };
        CommandLine commands = new CommandLine(top);
        for (Object command : commands(surroundings)) {
            commands.addSubcommand(command);
        }
        Map<String, IHelpSectionRenderer> sections = commands.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> CatalogueText.of(surroundings.loader()));
        try {
            int code = commands.setOut(surroundings.out().writer())
                    .setErr(PlainStream.of(surroundings.err()).writer())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUsageHelpWidth(HELP_WIDTH)
                    .setExecutionExceptionHandler(failed)
                    .setParameterExceptionHandler(misused)
                    .execute(args);
            return delivered(code, surroundings);
        } catch (Error fatal) {
            surroundings.err().println(FailureReport.text(fatal, top.debug()));
            return FailureReport.exitCode(fatal).code();
        }
    }

    /** The exit code, once the results have left the process: what was not written is no success. */
    private static int delivered(int code, Surroundings surroundings) {
        Optional<IOException> failure = surroundings.out().failure();
        failure.ifPresent(failed -> surroundings
                .err()
                .println("stackel: the result could not be written to stdout: " + failed.getMessage()
                        + "; make room, then run the same command again"));
        return failure.isPresent() && code == ExitCode.SUCCESS.code() ? ExitCode.TRY_AGAIN.code() : code;
    }

    private static List<Object> commands(Surroundings surroundings) {
        return List.of(
                new RunCommand(surroundings),
                new StatusCommand(surroundings),
                new VerifyCommand(surroundings),
                new ExportCommand(surroundings),
                new ReportCommand(surroundings),
                new ExactCommand(surroundings),
                new CheckCommand(surroundings),
                new CatalogueCommand(surroundings),
                new CommandLine(new DataCommand())
                        .addSubcommand(new DataImportCommand(surroundings))
                        .addSubcommand(new DataPreferencesCommand(surroundings)),
                new CommandLine(new SweepCommand())
                        .addSubcommand(new SweepPlanCommand(surroundings))
                        .addSubcommand(new SweepRunCommand(surroundings))
                        .addSubcommand(new SweepStatusCommand(surroundings))
                        .addSubcommand(new SweepRetryCommand(surroundings))
                        .addSubcommand(new SweepReportCommand(surroundings)),
                new ReplayCommand(surroundings),
                new DoctorCommand(surroundings),
                new CompareCommand(surroundings),
                new SchemaCommand(surroundings));
    }
}
