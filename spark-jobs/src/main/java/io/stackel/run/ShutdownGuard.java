package io.stackel.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Ends a command in good order when its process is to end before it.
 *
 * <p><b>A signal</b> (SIGTERM, SIGINT, SIGHUP): the loop is asked to stop; if it does not within a moment, because a batch
 * is in flight, the last whole state is committed for it and the batch is given up. Only then the shutdown of Java begins,
 * in which Spark and others remove their temporary files. The process ends within 8 seconds in any case.
 *
 * <p><b>A shutdown that nobody here asked for</b>, as by {@link System#exit} in code of the user's: the command is given up
 * and the process halts with the code that this deserves, whatever the code of the caller. Where Hadoop is in use this
 * happens among Hadoop's hooks, before those that close its file systems and stop Spark.
 */
public final class ShutdownGuard implements AutoCloseable {

    private static final int PRIORITY = 100;
    private static final long LOOP_MILLIS = 1_500;
    private static final long ALL_MILLIS = 7_000;

    /** Writes down what there is, without waiting for the batch in flight. */
    @FunctionalInterface
    public interface Abandon {

        /**
         * Gives the command up.
         *
         * @param caller the frame of the user's code that ended the process; nothing if a signal ended it
         * @return the code with which the process ends
         */
        ExitCode end(Optional<StackTraceElement> caller);
    }

    private final Abandon abandon;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean exiting = new AtomicBoolean();
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.TRY_AGAIN.code());
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Runnable hook = this::unasked;
    private final Thread thread = new Thread(hook, "stackel-stop");
    private final boolean hadoop;
    private final Optional<StopSignals> signals;
    private volatile boolean closed;

    private ShutdownGuard(boolean hadoop, boolean installed, Abandon abandon) {
        this.hadoop = hadoop;
        this.abandon = abandon;
        signals = installed ? Optional.of(StopSignals.handle(this::signalled)) : Optional.empty();
    }

    /** No guard, for what runs in a process that is not its own, as a trial in an executor. */
    static ShutdownGuard none() {
        return new ShutdownGuard(false, false, caller -> ExitCode.TRY_AGAIN);
    }

    /**
     * Installs a guard.
     *
     * @param hadoop whether Hadoop is in use, now or later
     */
    static ShutdownGuard install(boolean hadoop, Abandon abandon) {
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

    /** Whether the loop is to stop at the end of its batch. */
    public boolean requested() {
        return requested.get();
    }

    /** Whether the process is ending, and the guard says what becomes of the command. */
    boolean ending() {
        return ending.get();
    }

    /** Whether it still stands guard. */
    boolean stands() {
        return signals.isPresent() && !closed;
    }

    /** Tells that all is written and the process may end with this code. */
    public void finished(ExitCode code) {
        exitCode.set(code.code());
        finished.countDown();
    }

    /** On the thread of a signal; a second one changes nothing. */
    private void signalled() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ALL_MILLIS);
        haltAfter(ALL_MILLIS, exitCode::get);
        requested.set(true);
        if (!await(LOOP_MILLIS)) {
            abandon(Optional.empty(), end);
        }
        exiting.set(true);
        System.exit(exitCode.get());
    }

    /** In a shutdown that may be our own. */
    private void unasked() {
        if (exiting.get()) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ALL_MILLIS);
        if (ending.compareAndSet(false, true)) {
            Optional<StackTraceElement> caller = UserCode.exiting();
            requested.set(caller.isEmpty());
            if (caller.isPresent() || !await(LOOP_MILLIS)) {
                abandon(caller, end);
            }
        } else {
            awaitUntil(end);
        }
        Runtime.getRuntime().halt(exitCode.get());
    }

    private void abandon(Optional<StackTraceElement> caller, long end) {
        if (caller.isPresent()) {
            exitCode.set(ExitCode.DATA.code());
        }
        daemon("stackel-abandon", () -> finished(abandon.end(caller)));
        awaitUntil(end);
    }

    /** Halts the process after some time, if it has not ended by then. */
    static void haltAfter(long millis, IntSupplier code) {
        daemon("stackel-halt", () -> {
            await(new CountDownLatch(1), millis);
            Runtime.getRuntime().halt(code.getAsInt());
        });
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private boolean await(long millis) {
        return await(finished, millis);
    }

    private void awaitUntil(long end) {
        await(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
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
        if (signals.isEmpty()) {
            return;
        }
        signals.get().close();
        try {
            if (hadoop) {
                ShutdownHookManager.get().removeShutdownHook(hook);
            } else {
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        } catch (IllegalStateException shuttingDown) {
            parkForever();
        }
        if (!ending.compareAndSet(false, true)) {
            parkForever();
        }
        closed = true;
    }

    /** Returns unless the process is ending: then the caller must not tear down what the end still needs. */
    void parkIfEnding() {
        if (ending()) {
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

    /**
     * Lets the signals by which a process is asked to end (SIGTERM, SIGINT, SIGHUP) do something else, until it is closed.
     *
     * <p>Java documents no way to handle a signal; {@code sun.misc.Signal}, of its module {@code jdk.unsupported}, is what
     * Hadoop and Spark use. A signal that cannot be handled, because the process ignores it ({@code nohup}) or Java was started
     * with {@code -Xrs}, stays as it was.
     */
    private static final class StopSignals implements AutoCloseable {

        private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

        /** Puts back what handled a signal before. */
        private interface Undo {
            void run() throws ReflectiveOperationException;
        }

        private final List<Undo> undo = new ArrayList<>();

        private StopSignals() {}

        /** Runs an action at each signal, on a thread of the signal's own. */
        static StopSignals handle(Runnable action) {
            StopSignals signals = new StopSignals();
            NAMES.forEach(name -> signals.handle(name, action));
            return signals;
        }

        private void handle(String name, Runnable action) {
            try {
                Class<?> type = Class.forName("sun.misc.Signal");
                Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
                Method handle = type.getMethod("handle", type, handlerType);
                MethodHandle run = MethodHandles.lookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(action);
                Object handler =
                        MethodHandleProxies.asInterfaceInstance(handlerType, MethodHandles.dropArguments(run, 0, type));
                Object signal = type.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, signal, handler);
                undo.add(() -> handle.invoke(null, signal, before));
            } catch (ReflectiveOperationException notHere) {
                // The process ends as Java has it, and the hook of the guard sees to the rest.
            }
        }

        @Override
        public void close() {
            for (Undo each : undo) {
                try {
                    each.run();
                } catch (ReflectiveOperationException gone) {
                    throw new IllegalStateException("a signal could be handled but not put back", gone);
                }
            }
        }
    }
}
