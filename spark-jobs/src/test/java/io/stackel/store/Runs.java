package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.algorithm.Outcome;
import io.stackel.experiment.RunIdentity;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Small runs, and what tests do to them. */
final class Runs {

    static final RunHeader HEADER = new RunHeader(RunIdentity.recorded("{\"problem\":{\"name\":\"p\"},\"seed\":0}"), 1);

    private static final List<String> FOLDERS = List.of("owners", "data", "metrics", "timings", "commits", "status");

    private Runs() {}

    /** The folder that the build cleans. */
    static Path target() {
        return Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();
    }

    static ClaimRequest request(Takeover takeover, int keep) {
        return request(takeover, keep, notice -> {});
    }

    static ClaimRequest request(Takeover takeover, int keep, Consumer<String> notices) {
        return new ClaimRequest("host", "0.1.0", takeover, keep, UUID::randomUUID, notices);
    }

    static OwnedRun claim(Storage storage) {
        return claim(storage, 2);
    }

    static OwnedRun claim(Storage storage, int keep) {
        return RunStore.open(storage, HEADER).claim(request(Takeover.ALWAYS, keep));
    }

    static Checkpoint checkpoint(long step, Outcome outcome) {
        return new Checkpoint(
                bytes("state " + step),
                bytes("{\"step\":" + step + "}\n"),
                bytes("{\"seconds\":0.5}\n"),
                outcome,
                Json.object().put("step", step));
    }

    static Commit commit(OwnedRun run, long step) {
        return run.commit(checkpoint(step, Outcome.RUNNING));
    }

    /** One driver with the commits 10, 20, 30, then a second one with 40, 50; each keeps two data files. */
    static void fiveCommits(Storage storage) {
        OwnedRun first = claim(storage);
        commit(first, 10);
        commit(first, 20);
        commit(first, 30);
        OwnedRun second = claim(storage);
        commit(second, 40);
        commit(second, 50);
    }

    static String state(Optional<Head> head) {
        return new String(head.orElseThrow().state(), StandardCharsets.UTF_8);
    }

    /** The state from which a new reader would go on. */
    static String state(Storage storage) {
        return state(RunReader.open(storage).head());
    }

    static StorageException failure(ThrowingCallable call, Kind kind) {
        StorageException failure = catchThrowableOfType(StorageException.class, call);
        assertThat(failure).as("an exception that says " + kind).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Storage storage, String path) throws IOException {
        return new String(storage.read(path, 1 << 20), StandardCharsets.UTF_8);
    }

    static SortedMap<String, byte[]> files(Storage storage) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            files.put("run.json", storage.read("run.json", 1 << 20));
        } catch (NoSuchFileException absent) {
            // A damaged directory.
        }
        for (String folder : FOLDERS) {
            for (String name : storage.list(folder)) {
                files.put(folder + "/" + name, storage.read(folder + "/" + name, 1 << 20));
            }
        }
        return files;
    }

    static void copy(Storage from, Storage to) throws IOException {
        for (var file : files(from).entrySet()) {
            to.put(file.getKey(), file.getValue());
        }
    }

    static void flip(Storage storage, String path, int at) throws IOException {
        byte[] bytes = storage.read(path, 1 << 20);
        bytes[at] ^= 1;
        storage.put(path, bytes);
    }

    /** Runs the callables at the same time, as well as threads can. */
    static <T> List<T> race(List<? extends Callable<T>> racers) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(racers.size());
        ExecutorService threads = Executors.newFixedThreadPool(racers.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> racer : racers) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return racer.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
