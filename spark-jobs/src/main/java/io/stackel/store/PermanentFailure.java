package io.stackel.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/**
 * What a store will answer to the same request whenever it is asked, so that only the user can mend it: a closed door, a
 * file where a directory should be, a name that no disk takes. A full disk and a silent server are none, for time may
 * mend them.
 *
 * @param what in words, with the file where it is known
 * @param remedy what to do about it
 */
record PermanentFailure(String what, String remedy) {

    private static final String ANOTHER = "give a directory, or a place where one can be made";

    /** What the operating system says of a request that it will never grant (errno in the words of {@code strerror}). */
    private static final Map<String, String> REMEDIES = Map.of(
            "Not a directory",
            ANOTHER,
            "Is a directory",
            "give a file, or a place where one can be made",
            "File name too long",
            "give a shorter name",
            "Read-only file system",
            "give a place that can be written",
            "Operation not permitted",
            "give a place that can be written",
            "Too many levels of symbolic links",
            "give a place whose links lead somewhere",
            "Invalid argument",
            "give a name that the disk takes",
            "Operation not supported",
            "give a place on another file system");

    /** What is behind a failure, if it stays. */
    static Optional<PermanentFailure> of(IOException failure) {
        if (!(failure instanceof FileSystemException named)) {
            return Optional.empty();
        }
        String reason = named.getReason() == null ? "" : named.getReason();
        if (named instanceof AccessDeniedException) {
            return Optional.of(new PermanentFailure(
                    words(named, "access is denied" + (reason.isEmpty() ? "" : ", " + reason)),
                    "the store turned the request down: fix the place, the permissions or the credentials, or give"
                            + " another place"));
        }
        if (named instanceof NotDirectoryException) {
            return Optional.of(new PermanentFailure(words(named, "not a directory"), ANOTHER));
        }
        if (named instanceof FileAlreadyExistsException) {
            return Optional.of(new PermanentFailure(words(named, "a file is in the way"), ANOTHER));
        }
        if (named instanceof DirectoryNotEmptyException) {
            return Optional.of(
                    new PermanentFailure(words(named, "a directory is in the way"), REMEDIES.get("Is a directory")));
        }
        return REMEDIES.entrySet().stream()
                .filter(known -> reason.startsWith(known.getKey()))
                .findFirst()
                .map(known -> new PermanentFailure(words(named, reason), known.getValue()));
    }

    private static String words(FileSystemException failure, String reason) {
        return failure.getFile() == null ? reason : failure.getFile() + ": " + reason;
    }
}
