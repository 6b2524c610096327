package io.stackel.run;

import io.stackel.experiment.NearestWord;
import io.stackel.store.HadoopFiles;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a file that the user named by a path or by a URI of any file system that Hadoop knows.
 *
 * <p>Hadoop is loaded only where the scheme is not {@code file:}.
 */
public final class InputFile {

    private InputFile() {}

    /**
     * The bytes of a file.
     *
     * @param role what the file is, for messages
     * @throws CommandFailure if it cannot be read
     */
    public static byte[] read(String location, String role) {
        return find(location, role).orElseThrow(() -> {
            URI uri = Stores.uri(location);
            return CommandFailure.usage(what(location, role) + ": there is no such file"
                    + (isLocal(uri) ? " (looked for " + Path.of(uri) + ")" + near(Path.of(uri)) : ""));
        });
    }

    /** The bytes of a file, or nothing where there is none. */
    static Optional<byte[]> find(String location, String role) {
        URI uri = Stores.uri(location);
        String what = what(location, role);
        if (isLocal(uri) && Files.isDirectory(Path.of(uri))) {
            throw CommandFailure.usage(what + ": it is a directory; give a file in it");
        }
        try {
            return Optional.of(isLocal(uri) ? Files.readAllBytes(Path.of(uri)) : readRemote(uri));
        } catch (NoSuchFileException | FileNotFoundException absent) {
            return Optional.empty();
        } catch (AccessDeniedException denied) {
            throw CommandFailure.usage(what + ": access is denied", denied);
        } catch (IOException failed) {
            throw isLocal(uri)
                    ? CommandFailure.usage(what + ": " + failed, failed)
                    : StorageException.of(what, failed, "run the same command again when the store answers");
        } catch (IllegalArgumentException unfit) {
            throw CommandFailure.usage(what + ": " + unfit.getMessage(), unfit);
        }
    }

    /** The file beside a missing one that was probably meant. */
    private static String near(Path missing) {
        try (Stream<Path> beside = Files.list(missing.resolveSibling(""))) {
            List<String> names =
                    beside.map(file -> file.getFileName().toString()).sorted().toList();
            return NearestWord.of(missing.getFileName().toString(), names)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String what(String location, String role) {
        return "cannot read the " + role + " " + location;
    }

    private static byte[] readRemote(URI uri) throws IOException {
        try (InputStream stream = HadoopFiles.stream(uri, new HadoopSettings().get())) {
            return stream.readAllBytes();
        }
    }

    private static boolean isLocal(URI uri) {
        return "file".equals(uri.getScheme());
    }
}
