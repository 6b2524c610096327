package io.stackel.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;

/** What S3A's own exceptions mean; apart from other storage, which must work where there is no S3A. */
final class S3Failures {

    private S3Failures() {}

    /** A bucket that does not exist is for the user to mend, as a closed door is. */
    static IOException named(String path, IOException failure) {
        if (failure instanceof UnknownStoreException) {
            return (IOException) new AccessDeniedException(path, "", "there is no such bucket").initCause(failure);
        }
        return failure;
    }
}
