package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    @TempDir
    Path folder;

    private Path runs;

    /** A run that is complete, a younger one that was stopped, a sweep of which nothing ran, and a folder that is neither. */
    @BeforeEach
    void makeRunsAndASweep() throws IOException {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        runs = folder.resolve("runs");
        Invocation.of("run", tiny, "--out", runs.resolve("whole"));
        Invocation.stoppedAfter(2, "run", tiny, "--set", "seed=7", "--out", runs.resolve("more/part"));
        Path sweep = Files.writeString(
                folder.resolve("s.yaml"), "format: 1\nname: s\nconfiguration: tiny.yaml\nseeds: 2..4\n");
        Invocation.of("sweep", "plan", sweep, "--out", runs.resolve("sweep"));
        Files.createDirectories(runs.resolve("other/folder"));
    }

    private JsonNode list() {
        return Invocation.of("list", runs, "--json").json();
    }

    private JsonNode of(String place) {
        for (JsonNode one : list()) {
            if (one.path("place").asText().endsWith(place)) {
                return one;
            }
        }
        throw new AssertionError(place + " must be listed in " + list());
    }

    @Test
    void runsAndSweepsAreListedWithWhatTheyAre() {
        assertThat(list()).hasSize(3);
        JsonNode whole = of("runs/whole");
        JsonNode status =
                Invocation.of("status", runs.resolve("whole"), "--json").json();
        assertThat(whole.path("kind").asText()).isEqualTo("run");
        assertThat(whole.path("problem").asText()).isEqualTo("reward-design");
        assertThat(whole.path("algorithm").asText()).isEqualTo("first-order");
        assertThat(whole.path("seed").asText()).isEqualTo("0");
        assertThat(whole.path("state").asText()).isEqualTo("complete");
        assertThat(whole.path("samples").longValue())
                .isEqualTo(status.path("samples").longValue());
        assertThat(whole.path("objective")).isEqualTo(status.path("upperObjectiveAtBestResponse"));
        assertThat(whole.path("ageSeconds").longValue()).isBetween(0L, 600L);
        assertThat(of("more/part").path("state").asText()).isEqualTo("stopped");
        assertThat(of("more/part").path("seed").asText()).isEqualTo("7");
        JsonNode sweep = of("runs/sweep");
        assertThat(sweep.path("kind").asText()).isEqualTo("sweep");
        assertThat(sweep.path("seed").asText()).isEqualTo("2..4");
        assertThat(sweep.path("state").asText()).isEqualTo("3 waiting");
        assertThat(sweep.path("objective").isNull()).isTrue();
    }

    @Test
    void tableHasALineForEach() {
        List<String> lines = Invocation.of("list", runs).out().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("problem +algorithm +seed +state +samples +objective +age +place");
        assertThat(lines).anyMatch(line -> line.matches("reward-design +first-order +0 +complete .*runs/whole"));
    }

    @Test
    void aDamagedRunIsListedAndTheOthersToo() throws IOException {
        Files.writeString(runs.resolve("whole/run.json"), "{");

        assertThat(list()).hasSize(3);
        assertThat(of("runs/whole").path("state").asText()).isEqualTo("damaged");
        assertThat(of("more/part").path("state").asText()).isEqualTo("stopped");
    }

    /** As a temporary file of a driver, or a result that somebody moved elsewhere. */
    @Test
    void whatLeadsNowhereHidesNothing() throws IOException {
        Files.createSymbolicLink(runs.resolve("dangling"), folder.resolve("nowhere"));
        Files.createSymbolicLink(runs.resolve("whole/commits/loop"), Path.of("loop"));

        assertThat(list()).hasSize(3);
        assertThat(of("runs/whole").path("ageSeconds").isNumber()).isTrue();
    }

    @Test
    void aFolderThatCannotBeReadHidesNothing() throws IOException {
        Path closed = Files.createDirectories(runs.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        assumeThat(Files.isReadable(closed)).isFalse();

        Invocation list = Invocation.of("list", runs, "--json");

        assertThat(list.json()).hasSize(3);
        assertThat(list.err())
                .contains("notice: cannot list ")
                .contains("closed")
                .contains("access is denied");
    }

    @Test
    void aPointIsTheWorkingDirectory() {
        assertThat(Invocation.of("list", ".").err()).doesNotContain("in runs and sweeps");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Invocation list = Invocation.of("list", folder.resolve("none"));

        assertThat(list.code()).isEqualTo(2);
        assertThat(list.err()).contains("there is no folder " + folder.resolve("none"));
    }

    @Test
    void statusOfSeveralRunsIsAnArray() {
        JsonNode both = Invocation.of("status", runs.resolve("whole"), runs.resolve("more/part"), "--json")
                .json();

        assertThat(both).hasSize(2);
        assertThat(both.get(0).path("state").asText()).isEqualTo("complete");
        assertThat(both.get(1).path("state").asText()).isEqualTo("stopped");
    }
}
