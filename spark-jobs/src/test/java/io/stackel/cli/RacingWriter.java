package io.stackel.cli;

import io.stackel.run.HadoopSettings;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One of several processes that create the same files at the same moment; prints the rounds that it wins. */
final class RacingWriter {

    private static final long PATIENCE_SECONDS = 60;

    private RacingWriter() {}

    /** Arguments: place, folder in which writers meet, name of this one, number of writers, rounds. */
    public static void main(String[] args) throws IOException {
        Storage storage = Stores.open(Stores.uri(args[0]), new HadoopSettings(), false);
        Path meeting = Path.of(args[1]);
        int writers = Integer.parseInt(args[3]);
        int rounds = Integer.parseInt(args[4]);
        for (int round = 0; round < rounds; round++) {
            meet(meeting.resolve(Integer.toString(round)), args[2], writers);
            if (storage.putIfAbsent("commits/" + round, args[2].getBytes(StandardCharsets.UTF_8))) {
                System.out.println(round);
            }
        }
    }

    private static void meet(Path place, String name, int writers) throws IOException {
        Files.createDirectories(place);
        Files.createFile(place.resolve(name));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (place.toFile().list().length < writers) {
            if (System.nanoTime() > end) {
                throw new IOException("only " + place.toFile().list().length + " of " + writers + " writers came");
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
        }
    }
}
