package io.stackel.run;

import io.stackel.store.DataSetDirectory;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that a configuration names, where it was found.
 *
 * @param uri absolute
 * @param content its bytes
 */
public record LocatedFile(URI uri, byte[] content) {

    /**
     * Finds a file; a relative path is looked for in the working directory, as every path of a command line, then in
     * the folder of the configuration.
     *
     * @param configuration path or URI of the configuration
     * @param location path or URI, as the configuration has it
     */
    static LocatedFile beside(String configuration, String location) {
        return beside(configuration, location, "problem.file", "problem file");
    }

    /** Finds the configuration that a sweep shares, in the same places. */
    public static LocatedFile besideSweep(String sweep, String location) {
        return beside(sweep, location, "configuration", "configuration");
    }

    private static LocatedFile beside(String naming, String location, String key, String role) {
        List<URI> places = places(naming, location);
        for (URI uri : places) {
            Optional<byte[]> content = InputFile.find(uri.toString(), role);
            if (content.isPresent()) {
                return new LocatedFile(uri, content.get());
            }
        }
        throw absent(naming, key + " must be a file that exists", places);
    }

    /**
     * Finds a data set, in the same places.
     *
     * @param key of the configuration, for messages
     */
    static URI dataSetBeside(String configuration, String key, String location) {
        List<URI> places = places(configuration, location);
        for (URI uri : places) {
            Storage storage = Stores.openForReading(uri, new HadoopSettings());
            if (new DataSetDirectory(storage).read().isPresent()) {
                return uri;
            }
        }
        throw absent(configuration, key + " must be a data set that 'stackel data import' made", places);
    }

    private static List<URI> places(String configuration, String location) {
        URI direct = Stores.uri(location);
        boolean relative = !location.startsWith("/") && !location.equals(direct.toString());
        URI second = relative ? sibling(Stores.uri(configuration), location) : direct;
        return second.equals(direct) ? List.of(direct) : List.of(direct, second);
    }

    private static CommandFailure absent(String configuration, String rule, List<URI> places) {
        return CommandFailure.usage(configuration + ": " + rule + ", but there is "
                        + (places.size() == 1
                                ? "no " + places.get(0)
                                : "neither " + places.get(0) + " nor " + places.get(1)));
    }

    /** A relative path in the folder of the configuration. */
    private static URI sibling(URI configuration, String path) {
        if ("file".equals(configuration.getScheme())) {
            return Path.of(configuration).resolveSibling(path).toUri();
        }
        return configuration.resolve(
                Path.of("/").resolve(path).toUri().getRawPath().substring(1));
    }
}
