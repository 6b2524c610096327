package io.stackel.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** Hadoop's own exceptions for what the JDK has a name for. */
final class HadoopFailures {

    /** Of the client of HDFS, which is there when a program runs and not when it is compiled. */
    private static final String NAME_TOO_LONG =
            "org.apache.hadoop.hdfs.protocol.FSLimitException$PathComponentTooLongException";

    private HadoopFailures() {}

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
