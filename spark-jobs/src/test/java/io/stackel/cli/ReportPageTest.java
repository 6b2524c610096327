package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of a run and of a sweep that are written again until the end. */
class ReportPageTest {

    private static final String SWEEP =
            "{format: 1, name: some, configuration: tiny.yaml, set: {stop.iterations: 4}, seeds: 0..1}";

    private static final String RELOADS = "(?s).*\"reloadSeconds\": ?1.*";

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        Invocation.configuration("tiny.yaml", folder);
    }

    /** Watches, lets the work end once there is a page, and returns that page. */
    private static String watched(String what, Path place, Runnable end, Object... command) {
        Path page = place.resolve("report.html");
        List<String> seen = new ArrayList<>();
        Invocation report = Invocation.until(
                () -> {
                    if (Files.exists(page)) {
                        seen.add(read(page));
                        end.run();
                    }
                    return seen.size() > 1;
                },
                Stream.concat(Stream.of(command), Stream.of(place, "--watch", "--every", 1))
                        .toArray());

        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.err()).contains("wrote " + page + "; the " + what + " goes on");
        assertThat(seen).hasSize(1);
        assertThat(read(page)).doesNotMatch(RELOADS);
        return seen.get(0);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void succeeds(Object... arguments) {
        Invocation invocation = Invocation.of(arguments);
        assertThat(invocation.code()).as(invocation.err()).isZero();
    }

    @Test
    void sweepIsWatchedUntilNoTrialIsOpen() {
        Path sweep = folder.resolve("sweep");
        succeeds("sweep", "plan", Invocation.write(folder.resolve("some.yaml"), SWEEP), "--out", sweep);

        String first =
                watched("sweep", sweep, () -> succeeds("sweep", "run", sweep, "--threads", 1), "sweep", "report");

        assertThat(first).matches(RELOADS).contains("2 trials have not ended");
        assertThat(read(sweep.resolve("report.html"))).contains("2 / 2", "Every trial has ended");
    }

    @Test
    void runIsWatchedUntilItEnds() throws IOException {
        Path run = folder.resolve("run");
        Object[] command = {
            "run",
            folder.resolve("tiny.yaml"),
            "--out",
            run,
            "--set",
            "stop.iterations=4",
            "--set",
            "checkpoint.every=1"
        };
        Invocation.stoppedAfter(2, command);
        // A driver that was killed says nothing.
        try (Stream<Path> words = Files.list(run.resolve("status"))) {
            for (Path word : words.toList()) {
                Files.delete(word);
            }
        }

        String first = watched("run", run, () -> succeeds(command), "report");

        assertThat(first).matches(RELOADS).contains("The run has not ended");
        assertThat(read(run.resolve("report.html"))).contains("The run is complete");
    }
}
