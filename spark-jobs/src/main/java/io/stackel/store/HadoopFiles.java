package io.stackel.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** Opens file systems of Hadoop's; apart from {@link Stores}, which loads nothing of Hadoop for a local disk. */
public final class HadoopFiles {

    /** Of the client of HDFS, which is there when a program runs and not when it is compiled. */
    private static final String NAME_TOO_LONG =
            "org.apache.hadoop.hdfs.protocol.FSLimitException$PathComponentTooLongException";

    private HadoopFiles() {}

    /**
     * Opens a file of any file system that Hadoop knows, to be read from front to back.
     *
     * @throws StorageException refused if there can be no such place
     * @throws IOException under the names of the JDK where it has one
     */
    public static InputStream stream(URI file, Configuration hadoop) throws IOException {
        try {
            return open(file, hadoop).open(new Path(file));
        } catch (IOException failed) {
            throw named(file.toString(), failed);
        }
    }

    /**
     * The file system of a place.
     *
     * @throws StorageException refused if the place names none; try again if it does not answer
     */
    public static FileSystem open(URI place, Configuration hadoop) {
        try {
            requireHost(place, hadoop);
            return FileSystem.get(place, hadoop);
        } catch (IllegalArgumentException unusable) {
            if (unusable.getCause() instanceof UnknownHostException unknown) {
                throw notOpened(place, unknown);
            }
            throw StorageException.notUsable(place.toString(), unusable.getMessage(), unusable);
        } catch (UnsupportedFileSystemException unknown) {
            throw StorageException.notUsable(place.toString(), unknown.getMessage(), unknown);
        } catch (IOException failed) {
            throw notOpened(place, named(place.toString(), failed));
        }
    }

    /** Without a host a URI means the default file system, where that has the same scheme. */
    static void requireHost(URI place, Configuration hadoop) {
        String scheme = String.valueOf(place.getScheme()).toLowerCase(Locale.ROOT);
        boolean named = scheme.equals("s3a")
                ? place.getAuthority() != null && place.getAuthority().indexOf(':') < 0
                : place.getHost() != null;
        if (named || !(scheme.equals("hdfs") || scheme.equals("s3a"))) {
            return;
        }
        URI fallback = FileSystem.getDefaultUri(hadoop);
        boolean written = place.isOpaque() || place.getAuthority() != null;
        if (written || !scheme.equals(fallback.getScheme()) || fallback.getHost() == null) {
            String name = scheme.equals("s3a") ? "bucket" : "host";
            throw StorageException.notUsable(
                    place.toString(),
                    "it must name a " + name + " in letters, digits, full stops and hyphens after " + scheme + "://",
                    new IllegalArgumentException("no " + name));
        }
    }

    /**
     * What it means that a request failed.
     *
     * @param what was asked for, and where
     */
    public static StorageException failed(String what, IOException failure) {
        return StorageException.of(what, named("", failure), "run the same command again when the store answers");
    }

    /** An unknown host is worth trying again: a name server that is away for a moment says the same of a good name. */
    static StorageException notOpened(URI place, IOException cause) {
        String again = cause instanceof UnknownHostException
                ? "see whether the name is right; if it is, run the same command again when it is known here"
                : "run the same command again when the store answers";
        return StorageException.of("cannot open " + place, cause, again);
    }

    /** The failure under the name by which the rest of the package knows it; others stay as they are. */
    static IOException named(String path, IOException failure) {
        IOException told = failure instanceof RemoteException remote ? remote.unwrapRemoteException() : failure;
        IOException named = known(path, told);
        return named == told ? failure : (IOException) named.initCause(failure);
    }

    private static IOException known(String path, IOException failure) {
        if (failure instanceof AccessControlException) {
            String reason =
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
            // How a name node says that a file is in the way.
            return reason.endsWith("(is not a directory)")
                    ? new NotDirectoryException(path)
                    : new AccessDeniedException(path, "", reason);
        }
        if (failure instanceof ParentNotDirectoryException) {
            return new NotDirectoryException(path);
        }
        if (failure instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
            return new FileAlreadyExistsException(path);
        }
        String type = failure instanceof RemoteException remote
                ? remote.getClassName()
                : failure.getClass().getName();
        if (type.equals(NAME_TOO_LONG)) {
            return new FileSystemException(path, null, "File name too long");
        }
        return failure;
    }
}
