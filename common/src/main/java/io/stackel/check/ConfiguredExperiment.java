package io.stackel.check;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The experiment of a configuration in a file, for tests of a user's build. */
final class ConfiguredExperiment {

    private ConfiguredExperiment() {}

    /**
     * Reads, decodes and builds.
     *
     * @param configuration that names neither a problem's file nor data sets
     * @param overrides {@code key=value}, as in {@code --set}
     */
    static Experiment read(Path configuration, List<String> overrides) {
        Catalogue catalogue = Catalogue.load(Thread.currentThread().getContextClassLoader());
        ExperimentConfiguration decoded = new ConfigurationDecoder(catalogue.vocabulary())
                .decode(configuration.toString(), bytes(configuration), overrides);
        return Experiment.of(decoded, catalogue, Optional.empty());
    }

    private static byte[] bytes(Path configuration) {
        try {
            return Files.readAllBytes(configuration);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
