package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of this machine that takes the result of a command. */
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
