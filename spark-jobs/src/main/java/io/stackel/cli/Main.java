package io.stackel.cli;

import io.stackel.report.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The entry of the program. Success returns; only failures end the process with {@link System#exit}. */
public final class Main {

    /** The system property by which the launcher says that stderr is a terminal. */
    private static final String TERMINAL = "stackel.terminal";

    private static final int HELP_WIDTH = 110;

    private Main() {}

    /** Runs one command of the command line. */
    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != ExitCode.SUCCESS.code()) {
            System.exit(code);
        }
    }

    /**
     * Runs one command in this process.
     *
     * @param out takes results
     * @param err takes progress and errors
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, Surroundings.of(out, err, Boolean.getBoolean(TERMINAL)));
    }

    static int run(String[] args, Surroundings surroundings) {
        StackelCommand top = new StackelCommand();
        IExecutionExceptionHandler failed = (failure, command, parsed) -> {
            FailureReport.write(failure, top.debug(), surroundings.err());
            return FailureReport.exitCode(failure).code();
        };
        IParameterExceptionHandler misused = (failure, given) -> {
            CommandLine command = failure.getCommandLine();
            surroundings.err().println("stackel: " + failure.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(failure, writer(surroundings.err()));
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
            return commands.setOut(writer(surroundings.out()))
                    .setErr(writer(surroundings.err()))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUsageHelpWidth(HELP_WIDTH)
                    .setExecutionExceptionHandler(failed)
                    .setParameterExceptionHandler(misused)
                    .execute(args);
        } catch (Error fatal) {
            FailureReport.write(fatal, top.debug(), surroundings.err());
            return FailureReport.exitCode(fatal).code();
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
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
