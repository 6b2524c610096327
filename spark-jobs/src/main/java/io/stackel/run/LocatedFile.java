package io.stackel.run;

import io.stackel.store.DataSetDirectory;
import io.stackel.store.Stores;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

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
        return first(
                naming,
                location,
                key + " must be a file that exists",
                uri -> InputFile.find(uri.toString(), role).map(content -> new LocatedFile(uri, content)));
    }

    /**
     * Finds a data set, in the same places.
     *
     * @param key of the configuration, for messages
     */
    static URI dataSetBeside(String configuration, String key, String location) {
        return first(
                configuration,
                location,
                key + " must be a data set that 'stackel data import' made",
                uri -> new DataSetDirectory(Stores.openForReading(uri, new HadoopSettings()))
                        .read()
                        .map(file -> uri));
    }

    private static <T> T first(String naming, String location, String rule, Function<URI, Optional<T>> finder) {
        URI direct = Stores.uri(location);
        boolean relative = !location.startsWith("/") && !location.equals(direct.toString());
        URI second = relative ? sibling(Stores.uri(naming), location) : direct;
        return finder.apply(direct)
                .or(() -> second.equals(direct) ? Optional.empty() : finder.apply(second))
                .orElseThrow(() -> CommandFailure.usage(naming + ": " + rule + ", but there is "
                        + (second.equals(direct) ? "no " + direct : "neither " + direct + " nor " + second)));
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
