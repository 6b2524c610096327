package io.stackel.cli;

import io.stackel.algorithm.Algorithm;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.ProblemSelection;
import io.stackel.experiment.RunIdentity;
import io.stackel.store.RunHeader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A configuration with everything that it names.
 *
 * @param source where the configuration came from, for messages
 * @param configuration decoded and checked; {@code problem.file} is the URI at which the file was found
 * @param problemFile the content of {@code problem.file}, if there is one
 * @param identity what makes two configurations the same run
 * @param experiment problem, policy, rules
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
        ConfigurationDecoder decoder = new ConfigurationDecoder(catalogue.vocabulary());
        ExperimentConfiguration given = decoder.decode(source, text, overrides);
        if (!(given.problem() instanceof ProblemSelection.File file)) {
            return build(source, given, Optional.empty(), catalogue);
        }
        LocatedFile located = LocatedFile.beside(source, file.uri());
        List<String> absolute = new ArrayList<>(overrides);
        absolute.add("problem.file=" + located.uri());
        return build(source, decoder.decode(source, text, absolute), Optional.of(located.content()), catalogue);
    }

    private static LoadedExperiment build(
            String source, ExperimentConfiguration configuration, Optional<byte[]> problemFile, Catalogue catalogue) {
        RunIdentity identity = RunIdentity.of(configuration, problemFile.map(LoadedExperiment::sha256));
        Experiment experiment = fitting(source, () -> Experiment.of(configuration, catalogue, problemFile));
        return new LoadedExperiment(source, configuration, problemFile, identity, experiment);
    }

    /** What the parts say that do not fit each other is the configuration's mistake. */
    private static <T> T fitting(String source, Supplier<T> part) {
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

    /**
     * The algorithm.
     *
     * @throws CommandFailure if it cannot solve this problem this way
     */
    Algorithm algorithm() {
        return fitting(source, experiment::algorithm);
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
