package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stackel.run.SystemSettings;
import io.stackel.store.HdfsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers whose clocks are years apart, by libfaketime, go on with each other's run to the same hashes. Where the library
 * (package faketime) is not found under {@value #PLACE}, the tests are skipped.
 */
class ClockFaultsIT {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    private static final String PLACE = "/usr/lib";

    /** The day on which each driver believes to be, by its distance from today. */
    private static final List<Integer> DAYS = List.of(1500, -3000, 0);

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    @TempDir
    Path folder;

    private Path library;
    private Path tiny;
    private String expected;

    @BeforeEach
    void runWithOneClock() throws IOException {
        Optional<Path> found = found();
        assumeThat(found)
                .as("libfaketime.so.1 of the package faketime under %s", PLACE)
                .isPresent();
        library = found.orElseThrow();
        tiny = Invocation.configuration("tiny.yaml", folder);
        expected = Invocation.of("run", tiny, "--engine", "local", "--out", folder.resolve("one"), "--json")
                .hashes();
    }

    private static Optional<Path> found() throws IOException {
        try (Stream<Path> places = Files.list(Path.of(PLACE))) {
            return places.map(place -> place.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::isReadable)
                    .findFirst();
        }
    }

    @Test
    void onADisk() throws IOException, InterruptedException {
        assertSameHashes(folder.resolve("run").toUri(), List.of());
    }

    @Test
    void onHdfs() throws IOException, InterruptedException {
        settings.store(HDFS.configuration());
        List<String> options = new ArrayList<>();
        Configuration defaults = new Configuration();
        for (Map.Entry<String, String> entry : HDFS.configuration()) {
            if (entry.getKey().startsWith("dfs.") && !entry.getValue().equals(defaults.get(entry.getKey()))) {
                options.add("-Dspark.hadoop." + entry.getKey() + "=" + entry.getValue());
            }
        }
        assertSameHashes(HDFS.freshRoot(), options);
    }

    private void assertSameHashes(URI out, List<String> options) throws IOException, InterruptedException {
        String promise = "clocks of " + DAYS + " days from today on " + out.getScheme() + ", same hashes";
        Campaign.strike(promise, 1, (round, tally) -> {
            int iterations = 4;
            for (int days : DAYS) {
                runOn(days, out, options, iterations);
                iterations += 4;
            }
            tally.reached();
            Invocation status = Invocation.of("status", out, "--json");
            assertThat(status.json().path("state").textValue()).isEqualTo("complete");
            assertThat(status.hashes()).isEqualTo(expected);
            assertThat(Invocation.of("verify", out).code()).isZero();
        });
    }

    private void runOn(int days, URI out, List<String> options, int iterations)
            throws IOException, InterruptedException {
        Path log = folder.resolve("clock" + iterations);
        List<String> all = new ArrayList<>(options);
        all.add("-Xlog:startuptime,gc+init:file=" + log + ":utctime");
        try (CommandProcess process = CommandProcess.start(
                java(days),
                folder,
                all,
                "run",
                tiny,
                "--engine",
                "local",
                "--set",
                "stop.iterations=" + iterations,
                "--out",
                out)) {
            assertThat(process.await()).as(process.err()).isZero();
        }
        LocalDate believed = LocalDate.now(ZoneOffset.UTC).plusDays(days);
        assertThat(Files.readString(log)).as("what the driver's clock said").contains("[" + believed);
    }

    /** Java with another day; its monotonic clock, by which threads wait, stays as it is. */
    private Path java(int days) throws IOException {
        Path script = folder.resolve("java" + days);
        Files.writeString(
                script, """
                #!/bin/sh
                export LD_PRELOAD=%s FAKETIME=%+dd FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0
                exec %s "$@"
                """.formatted(library, days, Path.of(System.getProperty("java.home"), "bin", "java")));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
