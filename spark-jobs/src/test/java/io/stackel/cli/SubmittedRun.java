package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.run.StatusReport;
import io.stackel.store.RunReader;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A run that the launcher hands to a cluster, in a process that a test may kill. */
final class SubmittedRun implements AutoCloseable {

    /** The driver works on a machine of the cluster. */
    static final String CLUSTER_MODE = "spark.submit.deployMode=cluster";

    /** Every task that is not the fastest gets a second copy. */
    static final List<String> SPECULATION = List.of(
            "spark.speculation=true",
            "spark.speculation.interval=1ms",
            "spark.speculation.minTaskRuntime=0ms",
            "spark.speculation.multiplier=0.01",
            "spark.speculation.quantile=0.01");

    private static final long PATIENCE_SECONDS = 600;
    private static final long LOOKING_MILLIS = 100;

    private final StandaloneServers servers;
    private final URI out;
    private final Process process;
    private final Path err;

    private SubmittedRun(StandaloneServers servers, URI out, Process process, Path err) {
        this.servers = servers;
        this.out = out;
        this.process = process;
        this.err = err;
    }

    /**
     * Starts the launcher for a run on the cluster.
     *
     * @param conf settings of Spark, {@code key=value}
     * @param arguments of {@code run}, without master and place
     */
    static SubmittedRun start(StandaloneServers servers, URI out, List<String> conf, List<?> arguments)
            throws IOException {
        List<Object> all = new ArrayList<>(arguments);
        all.addAll(List.of("--master", servers.master()));
        return launch(servers, out, conf, all);
    }

    /**
     * Starts the launcher for a run on this machine alone.
     *
     * @param arguments of {@code run} with its engine, without place
     */
    static SubmittedRun startHere(StandaloneServers servers, URI out, List<?> arguments) throws IOException {
        return launch(servers, out, List.of(), arguments);
    }

    private static SubmittedRun launch(StandaloneServers servers, URI out, List<String> conf, List<?> arguments)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(
                StandaloneServers.PROJECT.resolve("deploy/bin/stackel").toString(),
                "--properties-file",
                servers.properties().toString()));
        conf.forEach(setting -> line.addAll(List.of("--conf", setting)));
        line.add("run");
        arguments.forEach(argument -> line.add(argument.toString()));
        line.addAll(List.of("--out", out.toString()));
        Path err = Files.createTempFile(servers.properties().getParent(), "run", ".err");
        return new SubmittedRun(
                servers,
                out,
                servers.environment(new ProcessBuilder(line))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(err.toFile())
                        .start(),
                err);
    }

    /** Waits until so many commits are in the run's directory. */
    void awaitCommits(int count) {
        Storage storage = storage();
        await(count + " commits", () -> {
            try {
                return storage.list("commits").size() >= count;
            } catch (IOException unanswered) {
                return false;
            }
        });
    }

    /** Waits for something while the launcher's process is alive or, having submitted a driver, ended well. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            boolean failed = !process.isAlive() && process.exitValue() != 0;
            if (failed || System.nanoTime() > end) {
                throw new AssertionError("no " + what + ": " + err());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOKING_MILLIS));
        }
    }

    /** How many drivers have claimed the run. */
    int drivers() {
        return RunReader.find(storage()).map(reader -> reader.owners().size()).orElse(0);
    }

    /** The exit code of the launcher, which in client mode is the run's. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(err())
                .isTrue();
        return process.exitValue();
    }

    /** SIGKILL to the launcher, which in client mode is the driver. */
    void kill() throws InterruptedException {
        assertThat(process.isAlive()).as(err()).isTrue();
        process.destroyForcibly().waitFor();
    }

    /** Waits until the driver, wherever it works, says that the run is over. */
    void awaitEnd() {
        await("end of the run", () -> status().isPresent());
    }

    /** The exit code that the run's directory tells, once the newest driver has ended. */
    Optional<Integer> status() {
        try {
            @SuppressWarnings("unchecked")
            Optional<Integer> code = (Optional<Integer>)
                    StatusReport.of(out, RunReader.open(storage())).entries().get("exitCode");
            return code;
        } catch (StorageException notYet) {
            return Optional.empty();
        }
    }

    /** The batches that the newest commit holds. */
    long step() {
        return (long)
                StatusReport.of(out, RunReader.open(storage())).number("step").orElse(0);
    }

    /** State hash and metrics hash of a complete and undamaged run. */
    String hashes() {
        return hashes(servers, out);
    }

    /** State hash and metrics hash of a complete and undamaged run, whoever started it. */
    static String hashes(StandaloneServers servers, URI out) {
        RunReader reader = RunReader.open(storage(servers, out));
        assertThat(reader.verify()).isEmpty();
        StatusReport report = StatusReport.of(out, reader);
        assertThat(report.entries()).containsEntry("state", "complete");
        return text(report, "stateSha256") + " " + text(report, "metricsSha256");
    }

    private static String text(StatusReport report, String key) {
        return ((Optional<?>) report.entries().get(key)).orElseThrow().toString();
    }

    private Storage storage() {
        return storage(servers, out);
    }

    private static Storage storage(StandaloneServers servers, URI out) {
        return Stores.openForReading(out, servers::hadoop);
    }

    /** What the launcher has told people so far. */
    String err() {
        try {
            return Files.readString(err);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
