package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The verbs as the rest of the package uses them: ambiguous answers are settled, failures become messages for people. */
final class RunDirectory {

    private static final int ATTEMPTS = 3;

    private final Storage storage;

    RunDirectory(Storage storage) {
        this.storage = storage;
    }

    URI root() {
        return storage.root();
    }

    /** The bytes of a file, at most {@code limit} of them; nothing if the store says that there is no such file. */
    Optional<byte[]> read(String path, int limit) {
        try {
            return Optional.of(storage.read(path, limit));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw unanswered("cannot read " + path, failed);
        }
    }

    void put(String path, byte[] bytes) {
        try {
            storage.put(path, bytes);
        } catch (IOException failed) {
            throw unanswered("cannot write the " + bytes.length + " bytes of " + path, failed);
        }
    }

    void replace(String path, byte[] bytes) {
        try {
            storage.replace(path, bytes);
        } catch (IOException failed) {
            throw unanswered("cannot write the " + bytes.length + " bytes of " + path, failed);
        }
    }

    /**
     * Creates a file whose bytes name their writer; a lost answer is settled by reading it back.
     *
     * @return whether the file is this one; {@code false} if another writer was first
     */
    boolean create(String path, byte[] bytes) {
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
        String what = bytes.length + " bytes of " + path;
        throw unanswered(
                Obstacle.of(failure).isPresent()
                        ? "cannot write the " + what
                        : "cannot tell whether the " + what + " were written",
                failure);
    }

    List<String> list(String folder) {
        try {
            return storage.list(folder);
        } catch (IOException failed) {
            throw unanswered("cannot list " + folder, failed);
        }
    }

    void delete(String path) {
        try {
            storage.delete(path);
        } catch (IOException failed) {
            throw unanswered("cannot delete " + path, failed);
        }
    }

    /** The highest claim on the run, 0 if there is none. */
    int highestEpoch() {
        int highest = 0;
        for (String name : list(Layout.OWNERS)) {
            highest = Math.max(highest, Layout.epochOf(name).orElse(0));
        }
        return highest;
    }

    Owner owner(int epoch) {
        String path = Layout.owner(epoch);
        byte[] bytes = read(path, Json.LONGEST).orElseThrow(() -> damaged(path + " is missing"));
        if (!Json.isIntact(bytes)) {
            throw damaged(path + " is not as it was written (its seal differs)");
        }
        try {
            return Owner.decode(parse(path, bytes));
        } catch (IllegalArgumentException malformed) {
            throw damaged(path + ": " + malformed.getMessage());
        }
    }

    /** A driver's word on itself; nothing if there is none or it cannot be read, as while it is being written. */
    Optional<RunStatus> status(int epoch) {
        try {
            return read(Layout.status(epoch), Json.LONGEST)
                    .map(bytes -> RunStatus.decode(Json.parse(bytes)))
                    .filter(word -> word.epoch() == epoch);
        } catch (IllegalArgumentException unfinished) {
            return Optional.empty();
        }
    }

    /** The object of a JSON file whose bytes are trusted. */
    ObjectNode parse(String path, byte[] bytes) {
        try {
            return Json.parseFormatted(path + " of " + this, bytes);
        } catch (IllegalArgumentException malformed) {
            throw damaged(path + ": " + malformed.getMessage());
        }
    }

    StorageException damaged(String what) {
        return StorageException.damaged(what,
                "the run directory " + this + " is damaged and nothing in it was changed: restore the file from a copy,"
                        + " or start a new run elsewhere (--out)");
    }

    StorageException unanswered(String what, IOException cause) {
        return StorageException.of(
                what + " below " + this,
                cause,
                "nothing was deleted and the last commit stands: run the same command again when the store answers and"
                        + " has space");
    }

    @Override
    public String toString() {
        return storage.root().toString();
    }
}
