package io.stackel.cli;

import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The problem that a command looks at: configured, or a file with its tables. */
final class ProblemArguments {

    @Parameters(
            index = "0",
            paramLabel = "CONFIG|FILE.json",
            description = "A configuration (it has 'format'), or a problem with its tables (it has 'kind').")
    private String file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value in place of the configuration's; repeatable.")
    private List<String> overrides = new ArrayList<>();

    String file() {
        return file;
    }

    List<String> overrides() {
        return overrides;
    }

    byte[] read() {
        return InputFile.read(file, "problem");
    }

    /** The experiment that a content configures. */
    LoadedExperiment experiment(byte[] content, Surroundings surroundings) {
        return LoadedExperiment.decode(file, content, overrides, surroundings.loader());
    }
}
