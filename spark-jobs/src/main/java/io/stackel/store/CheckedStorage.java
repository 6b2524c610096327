package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The verbs as the rest of the package uses them: ambiguous answers are settled, failures become messages for people. */
public class CheckedStorage {

    private static final int ATTEMPTS = 3;

    private final Storage storage;
    private final String place;
    private final String again;
    private final String restore;

    /**
     * Wraps a store's answers.
     *
     * @param place as a message names it after a file, with a space in front
     * @param again what to do where the store did not answer
     * @param restore what to do where a file is not as it was written
     */
    CheckedStorage(Storage storage, String place, String again, String restore) {
        this.storage = storage;
        this.place = place;
        this.again = again;
        this.restore = restore;
    }

    /** A request to the store. */
    private interface Request<T> {
        T run() throws IOException;
    }

    /** Where it is. */
    public final URI root() {
        return storage.root();
    }

    /** The bytes of a file, at most {@code limit} of them; nothing if the store says that there is no such file. */
    final Optional<byte[]> read(String path, int limit) {
        return answered("cannot read " + path, () -> {
            try {
                return Optional.of(storage.read(path, limit));
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            }
        });
    }

    /** The bytes of a file that must be as it was written. */
    final byte[] require(StoredFile file) {
        byte[] bytes = read(file.path(), file.readLimit()).orElseThrow(() -> damaged(file.path() + " is missing"));
        file.damage(bytes).ifPresent(damage -> {
            throw damaged(damage);
        });
        return bytes;
    }

    final void put(String path, byte[] bytes) {
        answered("cannot write " + size(path, bytes), () -> {
            storage.put(path, bytes);
            return true;
        });
    }

    /** Creates or replaces a file; nobody ever reads a part of it. */
    final void replace(String path, byte[] bytes) {
        answered("cannot write " + size(path, bytes), () -> {
            storage.replace(path, bytes);
            return true;
        });
    }

    /**
     * Creates a file whose bytes name their writer; a lost answer is settled by reading it back.
     *
     * @return whether the file is this one; {@code false} if another writer was first
     */
    final boolean create(String path, byte[] bytes) {
        IOException failure = new NoSuchFileException(path);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (storage.putIfAbsent(path, bytes)) {
                    return true;
                }
            } catch (IOException unclear) {
                failure = unclear;
            }
            try {
                return Arrays.equals(bytes, storage.read(path, bytes.length + 1));
            } catch (NoSuchFileException absent) {
                // Not there, or not yet: the same bytes may be asked for again, since they are created at most once.
            } catch (IOException unanswered) {
                failure = unanswered;
            }
        }
        String what = size(path, bytes);
        throw unanswered(
                PermanentFailure.of(failure).isPresent()
                        ? "cannot write " + what
                        : "cannot tell whether " + what + " were written",
                failure);
    }

    private static String size(String path, byte[] bytes) {
        return "the " + bytes.length + " bytes of " + path;
    }

    /** The names of the files in a folder, ascending. */
    public final List<String> list(String folder) {
        return answered("cannot list " + folder, () -> storage.list(folder));
    }

    /** The entity tag of every file below the root by its path; nothing where the store has no such tags. */
    public final Optional<SortedMap<String, String>> tags() {
        return answered("cannot list the files", storage::tags);
    }

    /** Removes a file, if there is one. */
    public final void delete(String path) {
        answered("cannot delete " + path, () -> {
            storage.delete(path);
            return true;
        });
    }

    private <T> T answered(String failure, Request<T> request) {
        try {
            return request.run();
        } catch (IOException failed) {
            throw unanswered(failure, failed);
        }
    }

    final StorageException damaged(String what) {
        return StorageException.damaged(what, restore);
    }

    final StorageException unanswered(String what, IOException cause) {
        return StorageException.of(what + place, cause, again);
    }

    @Override
    public final String toString() {
        return storage.root().toString();
    }
}
