package io.stackel.store;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Opens the storage behind a URI: {@code file:} (or a bare path), {@code hdfs:} and {@code s3a:}. */
public final class Stores {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private Stores() {}

    /** The URI of a location as a user writes it; a bare path is a local file, whether or not there is one yet. */
    public static URI uri(String location) {
        if (!SCHEME.matcher(location).matches()) {
            String text = path(location).toUri().toString();
            return URI.create(
                    text.length() > "file:///".length() && text.endsWith("/")
                            ? text.substring(0, text.length() - 1)
                            : text);
        }
        try {
            return new URI(location);
        } catch (URISyntaxException malformed) {
            throw notUsable(location, malformed);
        }
    }

    private static Path path(String location) {
        try {
            return Path.of(location).toAbsolutePath().normalize();
        } catch (InvalidPathException unnamable) {
            throw new StorageException(
                    Kind.REFUSED,
                    "'" + location + "' cannot be the name of a file where names are in "
                            + System.getProperty("sun.jnu.encoding") + ": " + unnamable.getReason(),
                    "give another name, or set LC_ALL=C.UTF-8",
                    unnamable);
        }
    }

    /**
     * Storage for a driver. On S3 it finds out first whether the server creates an object at most once.
     *
     * @param root the run's directory
     * @param hadoop the user's Hadoop configuration; not asked for where the disk is local
     * @param singleWriter whether the user vouches that there is never a second driver: then any scheme will do
     * @throws StorageException refused if two drivers could overwrite each other's commits and the user does not vouch
     */
    public static Storage open(URI root, Supplier<Configuration> hadoop, boolean singleWriter) {
        String scheme = scheme(root);
        if (scheme.equals("file")) {
            return local(root);
        }
        if (singleWriter) {
            return remote(root, hadoop.get(), new ExclusiveCreate.ByLooking());
        }
        if (scheme.equals("hdfs")) {
            return remote(root, hadoop.get(), new ExclusiveCreate.ByRename());
        }
        if (scheme.equals("s3a")) {
            Storage storage = remote(root, hadoop.get(), new ExclusiveCreate.ByCondition());
            ConditionalCreateProbe.require(storage);
            return storage;
        }
        throw new StorageException(
                Kind.REFUSED,
                "no way is known to create a file at most once on '" + scheme + ":' (" + root
                        + "), so two drivers could overwrite each other's commits",
                "use file:, hdfs: or s3a:, or --single-writer if you make sure that no two drivers ever work on one run");
    }

    /** Storage for a reader, or a writer of files that only it writes; to create a file exclusively is not possible. */
    public static Storage openForReading(URI root, Supplier<Configuration> hadoop) {
        return scheme(root).equals("file") ? local(root) : remote(root, hadoop.get(), new ExclusiveCreate.Never());
    }

    private static String scheme(URI root) {
        return root.getScheme() == null ? "file" : root.getScheme().toLowerCase(Locale.ROOT);
    }

    private static Storage local(URI root) {
        try {
            return new LocalStorage(root.getScheme() == null ? Path.of(root.getPath()) : Path.of(root));
        } catch (IllegalArgumentException malformed) {
            throw notUsable(root.toString(), malformed);
        }
    }

    private static Storage remote(URI root, Configuration hadoop, ExclusiveCreate exclusively) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
        try {
            boolean s3 = scheme(root).equals("s3a");
            if (s3) {
                S3Credentials.require(root, hadoop);
            }
            HadoopStorage.Failures failures = s3 ? S3Failures::named : (file, failure) -> failure;
            return new HadoopStorage(FileSystem.get(root, hadoop), path, exclusively, failures);
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw notUsable(root.toString(), unusable);
        } catch (IOException failed) {
            throw new StorageException(
                    Kind.TRY_AGAIN,
                    "cannot open " + root + " (" + failed + ")",
                    "run the same command again when the store answers",
                    failed);
        }
    }

    private static StorageException notUsable(String location, Exception cause) {
        return new StorageException(
                Kind.REFUSED,
                "'" + location + "' cannot be used as a place for a run: " + cause.getMessage(),
                "give a path, or a URI such as file:///runs/a, hdfs://host/runs/a or s3a://bucket/runs/a",
                cause);
    }
}
