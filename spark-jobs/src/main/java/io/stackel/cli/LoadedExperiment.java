package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.ProblemSelection;
import io.stackel.experiment.RunIdentity;
import io.stackel.store.RunHeader;
import io.stackel.store.Stores;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A configuration with everything that it names.
 *
 * @param source where the configuration came from, for messages
 * @param configuration decoded and checked
 * @param problemFile the content of {@code problem.file}, if there is one
 * @param identity what makes two configurations the same run
 * @param experiment problem, policy, algorithm and loop
 */
record LoadedExperiment(
        String source,
        ExperimentConfiguration configuration,
        Optional<byte[]> problemFile,
        RunIdentity identity,
        Experiment experiment) {

    /**
     * Reads, decodes and builds.
     *
     * @param overrides {@code key=value}, as in {@code --set}
     */
    static LoadedExperiment load(String location, List<String> overrides, ClassLoader loader) {
        return decode(location, InputFile.read(location, "configuration"), overrides, loader);
    }

    /** Decodes and builds a configuration whose text is at hand. */
    static LoadedExperiment decode(String source, byte[] text, List<String> overrides, ClassLoader loader) {
        Catalogue catalogue = Catalogue.load(loader);
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode(source, text, overrides);
        Optional<byte[]> problemFile = configuration.problem() instanceof ProblemSelection.File file
                ? Optional.of(problemFile(source, file.uri()))
                : Optional.empty();
        RunIdentity identity = RunIdentity.of(configuration, problemFile.map(LoadedExperiment::sha256));
        Experiment experiment = built(source, () -> Experiment.of(configuration, catalogue, problemFile));
        built(source, experiment::algorithm);
        return new LoadedExperiment(source, configuration, problemFile, identity, experiment);
    }

    /** A path is looked for in the working directory, as every path of a command line, then beside the configuration. */
    private static byte[] problemFile(String source, String location) {
        Optional<byte[]> direct = InputFile.find(location, "problem file");
        URI beside = Stores.uri(source).resolve(".");
        boolean relative = !location.contains(":") && !location.startsWith("/");
        if (direct.isPresent() || !relative) {
            return direct.orElseGet(() -> InputFile.read(location, "problem file"));
        }
        return InputFile.find(beside + location, "problem file")
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        source + ": problem.file must be a file that exists, but " + location
                                + " is neither in the working directory nor in " + beside));
    }

    private static <T> T built(String source, java.util.function.Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException misfit) {
            throw new CommandFailure(ExitCode.USAGE, source + ": " + misfit.getMessage(), misfit);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The name of the run's directory unless the user gives another. */
    String runName() {
        return identity.runName(configuration.name());
    }

    /** What the run's directory begins with. */
    RunHeader header() {
        return new RunHeader(identity.canonicalJson(), Experiment.NUMERICS_VERSION);
    }
}
