package io.stackel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A directory in which nothing happens. */
final class QuietDirectory {

    private QuietDirectory() {}

    /**
     * Waits until the commit that runs beside the batches is over: what strikes within it may meet any of its calls. Between
     * batches no other one begins.
     */
    static void await(Path root) {
        List<String> before = List.of();
        for (List<String> now = names(root); !now.equals(before); now = names(root)) {
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
    }

    /** All files and folders below. */
    static List<String> names(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(root::relativize).map(Path::toString).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
