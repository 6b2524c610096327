package io.stackel.cli;

import io.stackel.families.ProblemFile;
import io.stackel.run.CommandFailure;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The problem that a command looks at: configured, or a file with its tables. */
final class ProblemArguments {

    @Parameters(
            index = "0",
            paramLabel = "CONFIG|FILE",
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

    /** The problem of a file that has no keys to override. */
    ProblemFile problem(byte[] content) throws IOException {
        if (!overrides.isEmpty()) {
            throw CommandFailure.usage("--set " + overrides.get(0) + " changes a key of a configuration, but " + file
                    + " is a problem file; change the file, or configure it with problem.file");
        }
        return ProblemFile.read(file, new ByteArrayInputStream(content));
    }

    /** The experiment that a content configures. */
    LoadedExperiment experiment(byte[] content) {
        return LoadedExperiment.decode(file, content, overrides, RunEnvironment.loader());
    }
}
