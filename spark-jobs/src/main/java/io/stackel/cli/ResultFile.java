package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that takes the result of a command, on this machine or in a store. */
final class ResultFile {

    private static final String AGAIN = "run the same command again when there is space";

    private ResultFile() {}

    /**
     * Writes the file, or writes it over.
     *
     * @throws StorageException refused if no such file can be written, try again if it may be written later
     */
    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw failure(file, failed);
        }
    }

    /**
     * Writes a file in a directory of a store whole, or writes it over: a browser that found a part of a page would never load it
     * again.
     *
     * @param instead another way out than to wait, or empty
     * @throws StorageException if it cannot be written
     */
    static void write(Storage home, String file, String content, String instead) {
        try {
            home.replace(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw StorageException.of(
                    "cannot write " + file + " below " + home.root(),
                    failed,
                    "run the same command again when the store answers and has space" + instead);
        }
    }

    /** What it means that a file could not be written. */
    static RuntimeException failure(Path file, IOException failed) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return failed instanceof NoSuchFileException
                ? CommandFailure.usage(
                        "cannot write " + file + ": there is no directory " + folder
                                + "; make it, or give a file in another one",
                        failed)
                : StorageException.of("cannot write " + file, failed, AGAIN);
    }
}
