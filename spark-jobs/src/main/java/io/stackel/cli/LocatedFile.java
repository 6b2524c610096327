package io.stackel.cli;

import io.stackel.store.Stores;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a configuration names, where it was found.
 *
 * @param uri absolute
 * @param content its bytes
 */
record LocatedFile(URI uri, byte[] content) {

    private static final String ROLE = "problem file";

    /**
     * Finds a file; a relative path is looked for in the working directory, as every path of a command line, then in
     * the folder of the configuration.
     *
     * @param configuration path or URI of the configuration
     * @param location path or URI, as the configuration has it
     */
    static LocatedFile beside(String configuration, String location) {
        URI direct = Stores.uri(location);
        boolean relative = !location.startsWith("/") && !location.equals(direct.toString());
        URI second = relative ? sibling(Stores.uri(configuration), location) : direct;
        for (URI uri : new URI[] {direct, second}) {
            Optional<byte[]> content = InputFile.find(uri.toString(), ROLE);
            if (content.isPresent()) {
                return new LocatedFile(uri, content.get());
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                configuration + ": problem.file must be a file that exists, but there is "
                        + (second.equals(direct) ? "no " + direct : "neither " + direct + " nor " + second));
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
