package io.stackel.spark;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The recipe of a configured experiment: its resolved text and the content of its problem file, decoded again wherever
 * chunks are evaluated.
 *
 * <p>Layout of the bytes: length of the text (int32, big endian), the text in UTF-8, then the file, if there is one.
 */
public final class ExperimentRecipe implements ProblemRecipe {

    private static final long serialVersionUID = 1L;

    /** The bytes for an experiment. */
    public static byte[] pack(ExperimentConfiguration configuration, Optional<byte[]> problemFile) {
        byte[] text = configuration.resolvedJson().getBytes(StandardCharsets.UTF_8);
        byte[] file = problemFile.orElse(new byte[0]);
        return ByteBuffer.allocate(Math.addExact(Integer.BYTES + text.length, file.length))
                .putInt(text.length)
                .put(text)
                .put(file)
                .array();
    }

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        int length = ByteBuffer.wrap(bytes).getInt();
        byte[] text = Arrays.copyOfRange(bytes, Integer.BYTES, Integer.BYTES + length);
        byte[] file = Arrays.copyOfRange(bytes, Integer.BYTES + length, bytes.length);
        Catalogue catalogue = Catalogue.load(loader);
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("resolved configuration", text, List.of());
        return Experiment.of(configuration, catalogue, file.length == 0 ? Optional.empty() : Optional.of(file))
                .source();
    }
}
