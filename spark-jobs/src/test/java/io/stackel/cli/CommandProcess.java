package io.stackel.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, which a test may kill. */
final class CommandProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Process process;
    private final Path err;

    private CommandProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    /** Starts a command on the Java of the tests. */
    static CommandProcess start(Path folder, List<String> options, Object... arguments) {
        return start(JAVA, folder, options, arguments);
    }

    /** Starts a command on the Java of the tests that sees problems of a user's own. */
    static CommandProcess startUnruly(Path folder, List<String> options, Object... arguments) throws IOException {
        return start(JAVA, List.of(UserProblem.jar(folder).toString(), CLASS_PATH), folder, options, arguments);
    }

    /**
     * Starts a command on the class path of the tests.
     *
     * @param java starts the machine
     * @param folder takes what it prints, into {@code out} and {@code err}
     * @param options of the Java machine
     */
    static CommandProcess start(Path java, Path folder, List<String> options, Object... arguments) {
        return start(java, List.of(CLASS_PATH), folder, options, arguments);
    }

    private static CommandProcess start(
            Path java, List<String> classPath, Path folder, List<String> options, Object... arguments) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .forEach(line::add);
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(options);
        line.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), Main.class.getName()));
        for (Object argument : arguments) {
            line.add(argument.toString());
        }
        Path err = folder.resolve("err");
        try {
            return new CommandProcess(
                    new ProcessBuilder(line)
                            .directory(folder.toFile())
                            .redirectOutput(folder.resolve("out").toFile())
                            .redirectError(err.toFile())
                            .start(),
                    err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until so many files more have appeared in a folder, which exists already. */
    void awaitFiles(Path folder, int count) throws IOException, InterruptedException {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            WatchKey key = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            int seen = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (seen < count) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new AssertionError("only " + seen + " of " + count + " files appeared: " + err());
                }
                watch.poll(100, TimeUnit.MILLISECONDS);
                seen += (int) key.pollEvents().stream()
                        .filter(event -> !event.context().toString().startsWith("."))
                        .count();
                key.reset();
            }
        }
    }

    /** Lets the process work for a while, unless it ends before. */
    void work(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** A signal by its name, as STOP and CONT. */
    void signal(String name) throws IOException, InterruptedException {
        if (!signal(name, process.toHandle())) {
            throw new AssertionError("no signal " + name + " to a process that is " + (process.isAlive() ? "" : "not ")
                    + "alive: " + err());
        }
    }

    /** Whether a process took a signal. */
    static boolean signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor()
                == 0;
    }

    /** SIGKILL. */
    int kill() throws InterruptedException {
        return process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit code, if the process ends in time. */
    int terminate(long seconds) throws InterruptedException {
        process.destroy();
        return await(seconds);
    }

    /** The exit code of a process that ends by itself. */
    int await() throws InterruptedException {
        return await(PATIENCE_SECONDS);
    }

    private int await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end within " + seconds + " s: " + err());
        }
        return process.exitValue();
    }

    /** What it printed as its result so far. */
    String out() throws IOException {
        return Files.readString(err.resolveSibling("out"));
    }

    /** What it has told people so far. */
    String err() {
        try {
            return Files.readString(err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
