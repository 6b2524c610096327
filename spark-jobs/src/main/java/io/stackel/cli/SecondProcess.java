package io.stackel.cli;

import io.stackel.check.CheckReport;
import io.stackel.check.Finding;
import io.stackel.experiment.JsonText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same check in a process of its own, whose JVM compiles with the quick compiler alone: all figures of the report,
 * which are written with every digit, must be the same.
 */
final class SecondProcess {

    private SecondProcess() {}

    /**
     * Makes the check once more.
     *
     * @param report of the check in this process
     * @param arguments of the command line, such that it prints the report as JSON
     */
    static Finding compare(CheckReport report, List<String> arguments) throws IOException {
        List<String> command = command(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (there.isBlank()) {
            throw new IOException(
                    "a second JVM must print a report, but " + String.join(" ", command) + " printed nothing");
        }
        String here = JsonText.indented(report.tree());
        return new Finding(
                "a second JVM agrees",
                there.strip().equals(here.strip()) ? 0 : 1,
                0,
                "whether any figure of this report differs when another process, whose JVM compiles with the quick"
                        + " compiler alone, makes the same checks");
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("-Dlog4j") || argument.startsWith("-Xmx")) {
                command.add(argument);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(SecondProcess.class.getPackageName() + ".Main");
        command.addAll(arguments);
        return command;
    }
}
