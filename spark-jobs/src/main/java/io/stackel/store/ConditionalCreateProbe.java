package io.stackel.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Finds out whether a store really creates a file at most once, by doing it twice.
 *
 * <p>What a client library says of itself is no answer: some servers take the condition and ignore it.
 */
final class ConditionalCreateProbe {

    private ConditionalCreateProbe() {}

    /**
     * Returns if the second of two exclusive creations of one file was turned down.
     *
     * @throws StorageException refused if it was not, or if the store does not know the condition
     */
    static void require(Storage storage) {
        String path = "probe-" + UUID.randomUUID();
        byte[] first = "first".getBytes(StandardCharsets.US_ASCII);
        byte[] second = "second".getBytes(StandardCharsets.US_ASCII);
        RunDirectory directory = new RunDirectory(storage);
        try {
            // Turned down means here that an answer was lost and the request sent again: nobody else knows the name.
            storage.putIfAbsent(path, first);
            boolean createdAgain = storage.putIfAbsent(path, second);
            byte[] kept = storage.read(path, second.length);
            if (createdAgain || !Arrays.equals(kept, first)) {
                directory.delete(path);
                throw refusal(storage, "it let a second writer replace a file", new IOException("condition ignored"));
            }
        } catch (UnsupportedOperationException unknown) {
            throw refusal(storage, unknown.getMessage(), unknown);
        } catch (IOException failed) {
            throw directory.unanswered("cannot find out whether files are created at most once", failed);
        }
        directory.delete(path);
    }

    private static StorageException refusal(Storage storage, String why, Exception cause) {
        return StorageException.refused(
                "the store of " + storage.root() + " does not create a file at most once (" + why
                        + "), so two drivers could overwrite each other's commits",
                "use another store, or --single-writer if you make sure that no two drivers ever work on one run",
                cause);
    }
}
