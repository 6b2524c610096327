package io.stackel.spark;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.store.ShippedConfiguration;
import io.stackel.store.StoredDataSets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * The recipe of a configured experiment: its resolved text, the content of its problem file and the settings by which its
 * data sets are opened, decoded again wherever chunks are evaluated.
 *
 * <p>Layout of the bytes: length of the text (int32, big endian), the text in UTF-8, length of the Hadoop configuration,
 * its bytes, then the file, if there is one.
 */
public final class ExperimentRecipe implements ProblemRecipe {

    private static final long serialVersionUID = 1L;

    /**
     * Packs an experiment into bytes for the executors.
     *
     * @param hadoop of the driver; asked only if the configuration names places outside of itself
     */
    public static byte[] pack(
            ExperimentConfiguration configuration, Optional<byte[]> problemFile, Supplier<Configuration> hadoop) {
        byte[] text = configuration.resolvedJson().getBytes(StandardCharsets.UTF_8);
        byte[] settings = configuration.places().isEmpty()
                ? new byte[0]
                : ShippedConfiguration.of(hadoop.get()).bytes();
        byte[] file = problemFile.orElse(new byte[0]);
        return ByteBuffer.allocate(Math.addExact(2 * Integer.BYTES + text.length + settings.length, file.length))
                .putInt(text.length)
                .put(text)
                .putInt(settings.length)
                .put(settings)
                .put(file)
                .array();
    }

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] text = next(buffer, buffer.getInt());
        ShippedConfiguration settings = new ShippedConfiguration(next(buffer, buffer.getInt()));
        byte[] file = next(buffer, buffer.remaining());
        Catalogue catalogue = Catalogue.load(loader);
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("resolved configuration", text, List.of());
        Optional<byte[]> problemFile = file.length == 0 ? Optional.empty() : Optional.of(file);
        return Experiment.of(configuration, catalogue, problemFile, new StoredDataSets(settings))
                .source();
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
