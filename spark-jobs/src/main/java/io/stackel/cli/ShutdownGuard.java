package io.stackel.cli;

import io.stackel.report.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Ends a run in good order when the process is told to end (SIGTERM, SIGINT): the loop is asked to stop; if it does not
 * within a moment, because a batch is in flight, the last whole state is committed for it and the batch is given up. The
 * process halts within 8 seconds in any case.
 *
 * <p>Where Hadoop is in use the hook runs among Hadoop's, before those that close its file systems and stop Spark.
 */
final class ShutdownGuard implements AutoCloseable {

    private static final int PRIORITY = 100;
    private static final long LOOP_MILLIS = 1_500;
    private static final long ALL_MILLIS = 7_500;

    private final Supplier<ExitCode> abandon;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.TRY_AGAIN.code());
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Runnable hook = this::stop;
    private final Thread thread = new Thread(hook, "stackel-stop");
    private final boolean hadoop;
    private final boolean installed;

    private ShutdownGuard(boolean hadoop, boolean installed, Supplier<ExitCode> abandon) {
        this.hadoop = hadoop;
        this.installed = installed;
        this.abandon = abandon;
    }

    /** No guard, for what runs in a process that is not its own, as a trial in an executor. */
    static ShutdownGuard none() {
        return new ShutdownGuard(false, false, () -> ExitCode.TRY_AGAIN);
    }

    /**
     * Installs a guard.
     *
     * @param hadoop whether Hadoop is in use, now or later
     * @param abandon commits what there is, without the batch in flight, and gives the exit code
     */
    static ShutdownGuard install(boolean hadoop, Supplier<ExitCode> abandon) {
        ShutdownGuard guard = new ShutdownGuard(hadoop, true, abandon);
        guard.add();
        return guard;
    }

    private void add() {
        if (hadoop) {
            ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, ALL_MILLIS + 1_000, TimeUnit.MILLISECONDS);
        } else {
            Runtime.getRuntime().addShutdownHook(thread);
        }
    }

    /** Whether the process was told to end. */
    boolean requested() {
        return requested.get();
    }

    /** Tells that all is written and the process may end with this code. */
    void finished(ExitCode code) {
        exitCode.set(code.code());
        finished.countDown();
    }

    private void stop() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ALL_MILLIS);
        requested.set(true);
        if (!await(finished, LOOP_MILLIS)) {
            Thread last = new Thread(() -> finished(abandon.get()), "stackel-abandon");
            last.setDaemon(true);
            last.start();
            await(finished, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        }
        Runtime.getRuntime().halt(exitCode.get());
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Removes the guard; where the process is ending already, waits for its end. */
    @Override
    public void close() {
        if (!installed) {
            return;
        }
        try {
            if (hadoop) {
                ShutdownHookManager.get().removeShutdownHook(hook);
            } else {
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        } catch (IllegalStateException ending) {
            requested.set(true);
        }
        if (requested()) {
            parkForever();
        }
    }

    private static void parkForever() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            await(never, Long.MAX_VALUE);
            Thread.interrupted();
        }
    }
}
