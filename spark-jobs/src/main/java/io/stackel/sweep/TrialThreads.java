package io.stackel.sweep;

import io.stackel.run.RunEnd;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Runs whole trials on threads of this process, one a thread, without Spark. */
public final class TrialThreads {

    private TrialThreads() {}

    /** A trial and how it ended. */
    private record Ended(Trial trial, RunEnd end) {}

    /**
     * Runs trials; returns when all that were begun have ended. After a request to stop none is begun.
     *
     * @param threads at most so many trials side by side
     * @param runner runs one trial to its end and does not throw
     * @param ended receives each trial that was begun and how it ended, one at a time, in the order of their ends
     */
    public static void run(
            List<Trial> trials,
            int threads,
            BooleanSupplier stop,
            Function<Trial, RunEnd> runner,
            BiConsumer<Trial, RunEnd> ended) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, trials.size())), work -> {
            Thread thread = new Thread(work, "stackel-trial");
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<List<Ended>> ends = new ExecutorCompletionService<>(pool);
        try {
            for (Trial trial : trials) {
                ends.submit(() -> stop.getAsBoolean() ? List.of() : List.of(new Ended(trial, runner.apply(trial))));
            }
            for (int i = 0; i < trials.size(); i++) {
                ends.take().get().forEach(one -> ended.accept(one.trial(), one.end()));
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
