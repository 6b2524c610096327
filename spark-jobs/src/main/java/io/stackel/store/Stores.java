package io.stackel.store;

import io.stackel.experiment.UriSecrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Opens the storage behind a URI: {@code file:} (or a bare path), {@code hdfs:} and {@code s3a:}. */
public final class Stores {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final int LONGEST_KEY = 900;

    private Stores() {}

    /**
     * The URI of a location as a user writes it; a bare path is a local file, whether or not there is one yet.
     *
     * @throws StorageException refused if it is none, or holds credentials
     */
    public static URI uri(String location) {
        UriSecrets.refusal("a place", location).ifPresent(refusal -> {
            throw StorageException.refused(refusal, UriSecrets.REMEDY);
        });
        if (location.isBlank()) {
            throw StorageException.refused(
                    "a place must be named, but was '" + location + "'", StorageException.PLACES);
        }
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
            throw StorageException.notUsable(location, malformed.getMessage(), malformed);
        }
    }

    private static Path path(String location) {
        try {
            return Path.of(location).toAbsolutePath().normalize();
        } catch (InvalidPathException unnamable) {
            throw StorageException.refused(
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
        throw StorageException.refused(
                "no way is known to create a file at most once on '" + scheme + ":' (" + root
                        + "), so two drivers could overwrite each other's commits",
                "use file:, hdfs: or s3a:, or --single-writer if you make sure that no two drivers ever work on one run");
    }

    /** Storage for a reader, or a writer of files that only it writes; to create a file exclusively is not possible. */
    public static Storage openForReading(URI root, Supplier<Configuration> hadoop) {
        if (scheme(root).equals("file")) {
            return local(root);
        }
        return remote(root, hadoop.get(), (files, file, bytes) -> {
            throw new UnsupportedOperationException(file + " was opened for reading");
        });
    }

    static String scheme(URI root) {
        return root.getScheme() == null ? "file" : root.getScheme().toLowerCase(Locale.ROOT);
    }

    private static Storage local(URI root) {
        try {
            return new LocalStorage(
                    LocalStorage.requirePlace(root.getScheme() == null ? Path.of(root.getPath()) : Path.of(root)));
        } catch (IllegalArgumentException malformed) {
            throw StorageException.notUsable(root.toString(), malformed.getMessage(), malformed);
        }
    }

    private static Storage remote(URI root, Configuration hadoop, ExclusiveCreate exclusively) {
        HadoopFiles.requireHost(root, hadoop);
        boolean s3 = scheme(root).equals("s3a");
        if (s3) {
            requireShortKey(root);
            S3.requireCredentials(root, hadoop);
        }
        HadoopStorage.Failures failures = s3 ? S3::named : (file, failure) -> failure;
        return new HadoopStorage(
                HadoopFiles.open(root, hadoop), new org.apache.hadoop.fs.Path(root), exclusively, failures);
    }

    /** S3 takes keys of 1,024 bytes, to which the names of a run's files belong. */
    private static void requireShortKey(URI root) {
        int bytes = root.getPath().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_KEY) {
            throw StorageException.notUsable(
                    root.toString(),
                    "its path must have at most " + LONGEST_KEY + " bytes, but has " + bytes,
                    new IllegalArgumentException("too long"));
        }
    }
}
