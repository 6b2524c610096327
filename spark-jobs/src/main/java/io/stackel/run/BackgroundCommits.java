package io.stackel.run;

import io.stackel.algorithm.State;
import io.stackel.store.StorageException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Commits while the next batch runs: on a thread of their own, one after the other, at most one behind.
 *
 * <p>A state counts as committed once its commit stands, so nothing is said of it before. Callers take turns, by the lock of
 * their recorder; {@link #committed} may be asked at any time.
 */
final class BackgroundCommits {

    private final Stopwatch watch;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile Optional<State> committed;
    private double seconds;
    private double waited;

    /**
     * None is under way.
     *
     * @param committed the state from which this driver goes on, if a commit holds it
     */
    BackgroundCommits(Stopwatch watch, Optional<State> committed) {
        this.watch = watch;
        this.committed = committed;
    }

    /**
     * Begins a commit, after {@link #await}.
     *
     * @param commit returns once the commit stands
     * @param afterwards what may be said then
     */
    void begin(State state, Runnable commit, Runnable afterwards) {
        last = CompletableFuture.runAsync(
                () -> {
                    double begun = watch.seconds();
                    commit.run();
                    committed = Optional.of(state);
                    seconds += watch.seconds() - begun;
                    afterwards.run();
                },
                work -> {
                    Thread thread = new Thread(work, "stackel-commit");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /**
     * Returns once no commit is under way.
     *
     * @throws StorageException for which the last commit, or what was to be said after it, failed
     * @throws CancellationException if the thread is interrupted
     */
    void await() {
        if (last.isDone()) {
            requireNoFailure();
            return;
        }
        double begun = watch.seconds();
        try {
            last.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for a commit").initCause(interrupted);
        } catch (ExecutionException failed) {
            requireNoFailure();
        } finally {
            waited += watch.seconds() - begun;
        }
    }

    /** Throws what {@link #await} would, where the last commit has failed by now. */
    void requireNoFailure() {
        if (last.isCompletedExceptionally()) {
            Throwable cause = last.handle((none, failure) -> failure.getCause()).join();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a commit failed: " + cause, cause);
        }
    }

    /** The state that stands committed, if any does. */
    Optional<State> committed() {
        return committed;
    }

    /** Seconds that the commits have taken; after {@link #await}, which also makes them visible. */
    double seconds() {
        return seconds;
    }

    /** Seconds that batches have waited for commits. */
    double waited() {
        return waited;
    }
}
