package io.stackel.run;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the process ends: when the command does and with its exit code, whatever code of the user's does to it.
 *
 * <p>Threads that user code left behind do not keep the process, for it ends by {@link System#exit}, also after success. A
 * {@link System#exit} of user code ends it with the code of a mistake in the problem, not with the caller's.
 */
public final class ProcessEnd {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Consumer<String> told;
    private final boolean ours;
    private volatile Optional<ShutdownGuard> guard = Optional.empty();
    private volatile boolean expected;

    private ProcessEnd(Consumer<String> told, boolean ours) {
        this.told = told;
        this.ours = ours;
    }

    /** Of a process that ends with its command. */
    public static ProcessEnd ours(PrintStream err) {
        return new ProcessEnd(
                line -> {
                    err.println(line);
                    err.flush();
                },
                true);
    }

    /** Of a process that others end, as an executor. */
    public static ProcessEnd ofOthers() {
        return new ProcessEnd(line -> {}, false);
    }

    /** Begins to watch for ends that nobody here asked for. */
    public ProcessEnd watched() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::unasked, "stackel-watch"));
        return this;
    }

    private void unasked() {
        if (expected || guard.filter(ShutdownGuard::stands).isPresent()) {
            return;
        }
        UserCode.exiting().ifPresent(caller -> {
            told.accept("stackel: " + message(caller));
            Runtime.getRuntime().halt(ExitCode.DATA.code());
        });
    }

    /** What there is to say where user code ended the process. */
    static String message(StackTraceElement caller) {
        return "the problem ended the process\n  at " + caller
                + "\n  a problem must return or throw: take the call of System.exit out of its code";
    }

    /**
     * Guards a command that must be ended in good order; no guard where others end the process.
     *
     * @param hadoop whether Hadoop is in use, now or later
     */
    public ShutdownGuard guard(boolean hadoop, ShutdownGuard.Abandon abandon) {
        if (!ours) {
            return ShutdownGuard.none();
        }
        ShutdownGuard installed = ShutdownGuard.install(hadoop, abandon);
        guard = Optional.of(installed);
        return installed;
    }

    /**
     * Ends the process. On YARN, in cluster mode, a success returns: there the process is the application master's, which
     * takes any exit within the program for a failure and starts it again.
     */
    public void exit(int code) {
        expected = true;
        if (code == ExitCode.SUCCESS.code() && isOfYarn()) {
            return;
        }
        ShutdownGuard.haltAfter(PATIENCE_MILLIS, () -> code);
        System.exit(code);
    }

    private static boolean isOfYarn() {
        return "yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }
}
