package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.LoadedExperiment;
import io.stackel.store.ClaimRequest;
import io.stackel.store.RunState;
import io.stackel.store.RunStore;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of a run that lost something, and that no state is told that the commits do not hold. */
class DamagedRunTest {

    @TempDir
    Path folder;

    private Path tiny;
    private Path out;

    @BeforeEach
    void copyConfiguration() {
        tiny = Invocation.configuration("tiny.yaml", folder);
        out = folder.resolve("run");
    }

    private Object[] arguments(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", tiny, "--engine", "local", "--json", "--out", out));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    private Invocation run(Object... more) {
        return Invocation.of(arguments(more));
    }

    private Invocation status() {
        return Invocation.of("status", out, "--json");
    }

    /** The files of a folder, ascending. */
    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve(name))) {
            return files.sorted().toList();
        }
    }

    private Path newest(String name) throws IOException {
        List<Path> files = files(name);
        return files.get(files.size() - 1);
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private String page() throws IOException {
        assertThat(Invocation.of("report", out).code()).isZero();
        return Files.readString(out.resolve("report.html"));
    }

    @Test
    void lostNewestCommitOfACompleteRunIsDamageEverywhere() throws IOException {
        run();
        Files.delete(newest("commits"));

        for (Invocation told : List.of(status(), run(), run("--dry-run"))) {
            assertThat(told.code()).isEqualTo(3);
            assertThat(told.out()).isEmpty();
            assertThat(told.err())
                    .contains("status/00000001.json says complete at step 48")
                    .contains("the newest whole commit is 00000001-0000000003, running at step 32")
                    .contains("remove status/00000001.json");
        }
        Invocation verify = Invocation.of("verify", out);
        assertThat(verify.code()).isEqualTo(3);
        assertThat(verify.out()).contains("status/00000001.json").contains("commits are missing");
        assertThat(page())
                .contains("The record must not be relied on", "Stored files are damaged", "status/00000001.json")
                .doesNotContain("The run is complete");
        assertThat(files("owners")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"commits", "data", "metrics"})
    void flippedNewestCheckpointOfACompleteRunIsToldAndComputedAgain(String damaged) throws IOException {
        String hashes = run().hashes();
        Path file = newest(damaged);
        flip(file);

        Invocation status = status();
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.err())
                .contains("says complete at step 48")
                .contains(file.getFileName().toString());
        assertThat(Invocation.of("verify", out).code()).isEqualTo(3);
        assertThat(page()).contains("The record must not be relied on").doesNotContain("The run is complete");
        assertThat(Invocation.of("export", out).err()).contains("notice: ").contains("is passed over");

        Invocation stopped = Invocation.stoppedAfter(1, arguments());
        assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
        Invocation again = run();
        assertThat(again.code()).isZero();
        assertThat(again.hashes()).isEqualTo(hashes);
        assertThat(status().json().path("state").textValue()).isEqualTo("complete");
    }

    @Test
    void noticesOfWhatWasPassedOverAreShown() throws IOException {
        run();
        Path file = newest("data");
        flip(file);
        Files.delete(out.resolve("status/00000001.json"));

        Invocation status = status();

        assertThat(status.code()).isZero();
        assertThat(status.json().path("state").textValue()).isEqualTo("running");
        assertThat(status.json().path("notices")).hasSize(1);
        assertThat(status.json().path("notices").get(0).textValue())
                .contains("commit 00000001-0000000004 is passed over")
                .contains(file.getFileName().toString());
        assertThat(Invocation.of("status", out).out()).startsWith("notice  ").contains("is passed over");
        assertThat(run().err()).contains("notice: commit 00000001-0000000004 is passed over");
        assertThat(status().json().path("notices")).isEmpty();
    }

    @Test
    void runWhoseCommitsAreAllGoneIsNotStartedAgain() throws IOException {
        run("--set", "stop.iterations=1", "--set", "checkpoint.every=1");
        for (String name : List.of("commits", "data", "metrics", "timings", "owners")) {
            for (Path file : files(name)) {
                Files.delete(file);
            }
        }

        Invocation run = run("--set", "stop.iterations=1");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("but there is no commit").doesNotContain("FRESH START");
        assertThat(files("owners")).isEmpty();
        assertThat(status().code()).isEqualTo(3);
        assertThat(Invocation.of("verify", out).code()).isEqualTo(3);
    }

    @Test
    void completeRunStaysCompleteAfterAClaimThatDied() {
        JsonNode complete = run().json();
        LoadedExperiment loaded =
                LoadedExperiment.load(tiny.toString(), List.of(), getClass().getClassLoader());
        RunStore.open(Stores.open(out.toUri(), Configuration::new, false), loaded.header())
                .claim(new ClaimRequest("there", "test", Takeover.ALWAYS, 2, UUID::randomUUID, notice -> {}))
                .report(RunState.RUNNING, complete.path("step").longValue());

        assertThat(status().json()).isEqualTo(complete);
        Invocation again = run();
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("already complete at iteration 12");
    }

    @Test
    void driversWordDoesNotMakeARunComplete() throws IOException {
        Invocation.stoppedAfter(5, arguments());
        Path word = out.resolve("status/00000001.json");
        Files.writeString(word, Files.readString(word).replace("\"stopped\"", "\"complete\""));

        assertThat(status().code()).isEqualTo(3);
        assertThat(status().err()).contains("status/00000001.json says complete");
    }

    @Test
    void damagedRowsOfAnOldCommitAreFoundBeforeTheTraining() throws IOException {
        Invocation.stoppedAfter(45, arguments());
        Path old = files("metrics").get(0);
        flip(old);
        int commits = files("commits").size();
        assertThat(commits).isGreaterThan(2);

        for (Invocation run : List.of(run("--dry-run"), run())) {
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err())
                    .contains(old.getFileName() + " must have SHA-256")
                    .doesNotContain("RESUME");
        }
        assertThat(files("commits")).hasSize(commits);
    }

    @Test
    void damagedTimingsHinderNoReport() throws IOException {
        String hashes = run().hashes();
        Path first = files("timings").get(0);
        flip(first);

        assertThat(status().hashes()).isEqualTo(hashes);
        assertThat(page())
                .contains("The record must not be relied on", "timings/" + first.getFileName() + " must have SHA-256")
                .contains("What came out", "stateSha256");
    }

    private Invocation struckAfterSixBatches(Runnable strike) {
        AtomicInteger batches = new AtomicInteger();
        Invocation run = Invocation.until(
                () -> {
                    if (batches.incrementAndGet() == 6) {
                        QuietDirectory.await(out);
                        strike.run();
                    }
                    return false;
                },
                arguments());
        assertThat(batches.get()).isGreaterThan(6);
        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("owners/00000001.json below " + out.toUri())
                .contains("the run directory was removed, moved or replaced")
                .contains("--out");
        assertThat(batches.get()).as("it ends with the next commit").isLessThan(30);
        return run;
    }

    @Test
    void movedRunEndsAtItsNextCommitAndGoesOnInItsNewPlace() throws IOException {
        Path moved = folder.resolve("moved");

        struckAfterSixBatches(() -> move(moved));

        assertThat(out).doesNotExist();
        String whole = run().hashes();
        out = moved;
        assertThat(run().hashes()).isEqualTo(whole);
    }

    @Test
    void runThatAnotherTookThePlaceOfTouchesNothingOfIt() throws IOException {
        Path mine = out;
        out = folder.resolve("other");
        Invocation.stoppedAfter(9, arguments());
        Path other = out;
        out = mine;
        List<String> before = QuietDirectory.names(other);

        struckAfterSixBatches(() -> {
            move(folder.resolve("moved"));
            link(other);
        });

        assertThat(QuietDirectory.names(other)).isEqualTo(before);
        assertThat(Invocation.of("verify", other).code()).isZero();
    }

    private void move(Path to) {
        try {
            Files.move(out, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void link(Path to) {
        try {
            Files.createSymbolicLink(out, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
