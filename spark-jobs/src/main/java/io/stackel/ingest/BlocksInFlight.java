package io.stackel.ingest;

import io.stackel.store.DataSetFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Blocks of a task on their way to the store, a few at a time: a store takes as long for one file as for several at once,
 * whether it forces them to a disk or answers over a network. Belongs to one thread; mutable.
 */
final class BlocksInFlight implements AutoCloseable {

    /** So many at a time, which bounds the memory too. */
    static final int MOST = 8;

    private static final long SECONDS_TO_END = 60;

    private final ExecutorService threads = Executors.newFixedThreadPool(MOST, work -> {
        Thread thread = new Thread(work, "stackel-block-writer");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Future<DataSetFile.Block>> under = new ArrayDeque<>();
    private final List<DataSetFile.Block> written = new ArrayList<>();

    /** The number of blocks so far. */
    int count() {
        return under.size() + written.size();
    }

    /**
     * Sends a block on its way, once there is room.
     *
     * @param write writes it
     * @throws RuntimeException that of an earlier block that was not written
     */
    void add(Callable<DataSetFile.Block> write) throws InterruptedException {
        if (under.size() == MOST) {
            written.add(outcome(under.remove()));
        }
        under.add(threads.submit(write));
    }

    /** All blocks in the order in which they came, each of them written. */
    List<DataSetFile.Block> finish() throws InterruptedException {
        while (!under.isEmpty()) {
            written.add(outcome(under.remove()));
        }
        return List.copyOf(written);
    }

    private static DataSetFile.Block outcome(Future<DataSetFile.Block> block) throws InterruptedException {
        try {
            return block.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException("a block was not written: " + failed.getCause(), failed);
        }
    }

    /** Gives up what is still on its way; no thread writes afterwards. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
