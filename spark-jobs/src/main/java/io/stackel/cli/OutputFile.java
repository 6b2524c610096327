package io.stackel.cli;

import io.stackel.report.ExitCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes results where the user wants them in place of stdout. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Writes a file, in place of one that is there.
     *
     * @throws CommandFailure if it cannot be written
     */
    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw failure(file.toString(), failed);
        }
    }

    /** A place that cannot take a file is the user's mistake; one that is full, or does not answer, may take it later. */
    static CommandFailure failure(String place, IOException failed) {
        boolean ofPlace = failed instanceof FileSystemException;
        return new CommandFailure(
                ofPlace ? ExitCode.USAGE : ExitCode.TRY_AGAIN,
                "cannot write " + place + ": "
                        + (ofPlace
                                ? failed + "; give another place"
                                : failed.getMessage() + "; make room, then run the same command again"),
                failed);
    }
}
