package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * JSON files of a directory that is no run's, as a sweep's: one object on one line, sealed as a commit is, with the verbs
 * and the failures of the run store.
 *
 * <p>A file of {@link #FORMAT} must be sealed. One of format 1, which older versions wrote, has no seal and may have
 * several lines. A seal finds accidents; what somebody wrote on purpose is for the caller to check.
 */
public final class SealedFiles extends CheckedStorage {

    /** The format number that a sealed object begins with. */
    public static final int FORMAT = 2;

    private static final int UNSEALED = 1;

    /** Reads and writes below the root of {@code storage}, at most two levels deep. */
    public SealedFiles(Storage storage) {
        super(
                storage,
                " below " + storage.root(),
                RunDirectory.AGAIN,
                "nothing was changed; restore the file from a copy");
    }

    /**
     * The object of a file; nothing if there is no such file.
     *
     * @param limit longer files are damaged
     * @throws StorageException damaged if the file is not as it was written; refused if a newer version wrote it
     */
    public Optional<ObjectNode> object(String path, int limit) {
        return read(path, limit).map(bytes -> decode(path, bytes));
    }

    private ObjectNode decode(String path, byte[] bytes) {
        boolean sealed = Json.isIntact(bytes);
        ObjectNode node;
        long format;
        try {
            node = sealed ? Json.parse(bytes) : Json.parse(bytes, bytes.length);
            format = Json.whole(node, "format");
        } catch (IllegalArgumentException malformed) {
            throw damaged(path, sealed ? malformed.getMessage() : "is not as it was written (its seal differs)");
        }
        if (format > FORMAT) {
            throw StorageException.refused(
                    path + " of " + this + " has format " + format + ", but this version reads up to " + FORMAT,
                    "use the version that wrote it or a newer one");
        }
        if (format < UNSEALED || (format > UNSEALED && !sealed)) {
            throw damaged(path, "is not as it was written (format " + format + " without its seal)");
        }
        return node;
    }

    /** A failure that says that a file is not what it should be, and nothing was changed. */
    public StorageException damaged(String path, String how) {
        return damaged(path + " of " + this + " is damaged: it " + how);
    }

    /**
     * Creates a file, unless there is one.
     *
     * @param object JSON on one line
     * @return whether the file is this one; {@code false} if it has other bytes
     */
    public boolean create(String path, String object) {
        return create(path, sealed(object));
    }

    /**
     * Creates or replaces a file; nobody ever reads a part of it.
     *
     * @param object JSON on one line
     */
    public void replace(String path, String object) {
        replace(path, sealed(object));
    }

    /** Whether a file has exactly these bytes. */
    public boolean holds(String path, byte[] bytes) {
        return read(path, bytes.length + 1)
                .filter(found -> Arrays.equals(found, bytes))
                .isPresent();
    }

    private static byte[] sealed(String object) {
        return Json.seal((object + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
