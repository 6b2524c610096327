package io.stackel.spark;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.CatalogueException;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.problem.ProblemFactory;
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
 * its bytes, length of the name of the factory's class, the name in UTF-8, then the file, if there is one.
 */
public final class ExperimentRecipe implements ProblemRecipe {

    private static final long serialVersionUID = 1L;

    /**
     * Packs an experiment into bytes for the executors.
     *
     * @param factory class of the problem's factory where no service entry lists it
     * @param hadoop of the driver; asked only if the configuration names places outside of itself
     */
    public static byte[] pack(
            ExperimentConfiguration configuration,
            Optional<byte[]> problemFile,
            Optional<String> factory,
            Supplier<Configuration> hadoop) {
        byte[] text = configuration.resolvedJson().getBytes(StandardCharsets.UTF_8);
        byte[] settings = configuration.places().isEmpty()
                ? new byte[0]
                : ShippedConfiguration.of(hadoop.get()).bytes();
        byte[] named = factory.orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] file = problemFile.orElse(new byte[0]);
        return ByteBuffer.allocate(
                        Math.addExact(3 * Integer.BYTES + text.length + settings.length + named.length, file.length))
                .putInt(text.length)
                .put(text)
                .putInt(settings.length)
                .put(settings)
                .putInt(named.length)
                .put(named)
                .put(file)
                .array();
    }

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] text = next(buffer, buffer.getInt());
        ShippedConfiguration settings = new ShippedConfiguration(next(buffer, buffer.getInt()));
        String factory = new String(next(buffer, buffer.getInt()), StandardCharsets.UTF_8);
        byte[] file = next(buffer, buffer.remaining());
        Catalogue shipped = Catalogue.load(loader);
        Catalogue catalogue = factory.isEmpty() ? shipped : shipped.with(factory(factory, loader));
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("resolved configuration", text, List.of());
        Optional<byte[]> problemFile = file.length == 0 ? Optional.empty() : Optional.of(file);
        return Experiment.of(configuration, catalogue, problemFile, new StoredDataSets(settings))
                .source();
    }

    private static ProblemFactory factory(String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(ProblemFactory.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException absent) {
            throw new CatalogueException(
                    "the factory of the problem, " + name + ", cannot be made here (" + absent
                            + "); its jar must be in spark.jars, and it must be a public class with a public constructor"
                            + " without arguments",
                    absent);
        }
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
