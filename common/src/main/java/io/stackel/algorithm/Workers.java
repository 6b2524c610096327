package io.stackel.algorithm;

import static io.stackel.math.Requirements.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads of this process that work on the parts of a whole. They end when they have had nothing to do for a while. */
public final class Workers implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final Optional<ThreadPoolExecutor> pool;

    /**
     * Starts no thread yet.
     *
     * @param threads at most; with 1 the caller's thread does the work
     */
    public Workers(int threads) {
        require(threads >= 1, "threads must be at least 1, but was " + threads);
        pool = threads == 1 ? Optional.empty() : Optional.of(pool(threads));
    }

    private static ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::daemon);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stackel-local");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The results of all parts, in their order.
     *
     * @throws CancellationException if the calling thread is interrupted; then the parts are, too
     */
    public <T> List<T> all(List<Supplier<T>> parts) {
        return pool.map(threads -> all(parts, threads))
                .orElseGet(() -> parts.stream().map(Supplier::get).toList());
    }

    private static <T> List<T> all(List<Supplier<T>> parts, ThreadPoolExecutor threads) {
        List<Future<T>> futures =
                parts.stream().map(part -> threads.submit(part::get)).toList();
        List<T> results = new ArrayList<>(parts.size());
        boolean done = false;
        try {
            for (Future<T> future : futures) {
                results.add(await(future));
            }
            done = true;
            return results;
        } finally {
            if (!done) {
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for a batch").initCause(interrupted);
        } catch (ExecutionException failed) {
            Workers.<RuntimeException>rethrow(failed.getCause());
            throw new IllegalStateException(failed);
        }
    }

    /** What a part has thrown, as it would be thrown on the caller's thread: code of the user's may throw what it does not declare. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Interrupts what is at work. */
    @Override
    public void close() {
        pool.ifPresent(ThreadPoolExecutor::shutdownNow);
    }
}
