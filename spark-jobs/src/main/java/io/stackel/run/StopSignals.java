package io.stackel.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the signals by which a process is asked to end (SIGTERM, SIGINT, SIGHUP) do something else, until it is closed.
 *
 * <p>Java documents no way to handle a signal; {@code sun.misc.Signal}, of its module {@code jdk.unsupported}, is what
 * Hadoop and Spark use. A signal that cannot be handled, because the process ignores it ({@code nohup}) or Java was started
 * with {@code -Xrs}, stays as it was.
 */
final class StopSignals implements AutoCloseable {

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
