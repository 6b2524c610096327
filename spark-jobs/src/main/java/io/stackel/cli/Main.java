package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.FailureReport;
import io.stackel.run.ProcessEnd;
import io.stackel.run.RunEnvironment;
import java.io.IOException;
import java.io.PrintStream;
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

    private static final int HELP_WIDTH = 80;

    private Main() {}

    /**
     * Runs one command of the command line and ends the process. What user code or a library prints goes to stderr, so that
     * stdout holds results alone.
     */
    public static void main(String[] args) {
        PrintStream err = System.err;
        System.setOut(err);
        ProcessEnd process = ProcessEnd.ours(err).watched();
        process.exit(run(args, CommandEnvironment.of(Results.ofProcess(), err, Boolean.getBoolean(TERMINAL), process)));
    }

    /**
     * Runs one command in this process.
     *
     * @param out takes results
     * @param err takes progress and errors
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, CommandEnvironment.of(new Results(out), err, false, ProcessEnd.ours(err)));
    }

    static int run(String[] args, CommandEnvironment environment) {
        StackelCommand top = new StackelCommand(environment);
        IExecutionExceptionHandler failed = (failure, command, parsed) -> {
            environment.err().println(FailureReport.text(failure, top.debug()));
            return FailureReport.exitCode(failure).code();
        };
        IParameterExceptionHandler misused = (failure, given) -> {
            CommandLine command = failure.getCommandLine();
            environment.err().println("stackel: " + Misuse.text(failure, RunEnvironment.loader()));
            environment.err().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE.code();
        };
        CommandLine commands = new CommandLine(top);
        Map<String, IHelpSectionRenderer> sections = commands.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> CatalogueText.of(RunEnvironment.loader()));
        try {
            int code = commands.setOut(environment.out().writer())
                    .setErr(PlainStream.of(environment.err()).writer())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUsageHelpWidth(HELP_WIDTH)
                    .setExecutionExceptionHandler(failed)
                    .setParameterExceptionHandler(misused)
                    .execute(args);
            return delivered(code, environment);
        } catch (Error fatal) {
            environment.err().println(FailureReport.text(fatal, top.debug()));
            return FailureReport.exitCode(fatal).code();
        }
    }

    /** The exit code, once the results have left the process: what was not written is no success. */
    private static int delivered(int code, CommandEnvironment environment) {
        Optional<IOException> failure = environment.out().failure();
        failure.ifPresent(failed -> environment
                .err()
                .println("stackel: the result could not be written to stdout: " + failed.getMessage()
                        + "; make room, then run the same command again"));
        return failure.isPresent() && code == ExitCode.SUCCESS.code() ? ExitCode.TRY_AGAIN.code() : code;
    }
}
