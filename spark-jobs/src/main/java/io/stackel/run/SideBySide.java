package io.stackel.run;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Does many pieces of work on threads of this process, one a thread, without Spark. */
public final class SideBySide {

    private SideBySide() {}

    /** An item and what became of it. */
    private record Ended<T, R>(T item, R result) {}

    /**
     * Works on items; returns when all that were begun have ended. After a request to stop none is begun.
     *
     * @param threads at most so many items at a time
     * @param work on one item, which does not throw
     * @param ended receives each item that was begun and its result, one at a time, in the order of their ends
     */
    public static <T, R> void run(
            List<T> items, int threads, BooleanSupplier stop, Function<T, R> work, BiConsumer<T, R> ended) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())), task -> {
            Thread thread = new Thread(task, "stackel-trial");
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<List<Ended<T, R>>> ends = new ExecutorCompletionService<>(pool);
        try {
            for (T item : items) {
                ends.submit(() -> stop.getAsBoolean() ? List.of() : List.of(new Ended<>(item, work.apply(item))));
            }
            for (int i = 0; i < items.size(); i++) {
                ends.take().get().forEach(one -> ended.accept(one.item(), one.result()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trials ran", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a trial failed outside of its run", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
