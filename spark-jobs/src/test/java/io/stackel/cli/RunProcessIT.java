package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: signals, and what was never loaded. */
class RunProcessIT {

    private static final int KILLED = 128 + 9;
    private static final List<String> SHORT_STEPS = List.of(
            "--set", "stop.iterations=300", "--set", "checkpoint.every=5", "--set", "evaluation.every=10", "--json");

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void copyConfiguration() {
        tiny = Invocation.configuration("tiny.yaml", folder);
    }

    @Test
    void runThatWasKilledAgainAndAgainEqualsOneThatWasNot() throws IOException, InterruptedException {
        List<Object> whole =
                new ArrayList<>(List.of("run", tiny, "--engine", "local", "--out", folder.resolve("whole")));
        whole.addAll(SHORT_STEPS);
        String expected = Invocation.of(whole.toArray()).hashes();

        Path commits = Files.createDirectories(folder.resolve("killed/commits"));
        for (List<String> engine :
                List.of(List.of("--engine", "local"), List.of("--threads", "2"), List.of("--engine", "local"))) {
            try (CommandProcess process = run("killed", engine)) {
                process.awaitFiles(commits, 3);
                assertThat(process.kill()).as(process.err()).isEqualTo(KILLED);
            }
        }
        try (CommandProcess process = run("killed", List.of("--engine", "local", "--threads", "2"))) {
            process.awaitFiles(commits, 2);
            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);
            assertThat(process.err()).contains("stopped at step");
        }
        try (CommandProcess process = run("killed", List.of("--master", "local[1]", "--partitions", "3"))) {
            assertThat(process.await()).as(process.err()).isZero();
            assertThat(process.err()).contains("RESUME step=").contains("as driver 5");
        }
        Invocation status = Invocation.of("status", folder.resolve("killed"), "--json");
        assertThat(status.json().path("state").textValue()).isEqualTo("complete");
        assertThat(status.hashes()).isEqualTo(expected);
        assertThat(Invocation.of("verify", folder.resolve("killed")).code()).isZero();
    }

    private CommandProcess run(String out, List<String> more) {
        List<Object> arguments = new ArrayList<>(List.of("run", tiny, "--out", folder.resolve(out)));
        arguments.addAll(SHORT_STEPS);
        arguments.addAll(more);
        return CommandProcess.start(folder, List.of(), arguments.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.yaml", "tiny-rooms.yaml", "tiny-control.yaml", "tiny-pendulum.yaml"})
    void anInterpreterGivesTheBitsOfTheCompilers(String name) throws IOException, InterruptedException {
        Path configuration = Invocation.configuration(name, folder);
        String expected = Invocation.of(
                        "run", configuration, "--engine", "local", "--out", folder.resolve("compiled"), "--json")
                .hashes();

        try (CommandProcess process = CommandProcess.start(
                folder,
                List.of("-Xint"),
                "run",
                configuration,
                "--engine",
                "local",
                "--out",
                folder.resolve("interpreted"))) {
            assertThat(process.await()).as(process.err()).isZero();
        }
        assertThat(Invocation.of("status", folder.resolve("interpreted"), "--json")
                        .hashes())
                .isEqualTo(expected);
    }

    @Test
    void signalWithinALongBatchCommitsTheLastWholeStateAndEndsInTime() throws IOException, InterruptedException {
        Path commits = Files.createDirectories(folder.resolve("long/commits"));
        try (CommandProcess process = run("long", List.of("--engine", "local", "--set", "upper.units=1000000000"))) {
            process.awaitFiles(commits, 1);
            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);
        }
        JsonNode status =
                Invocation.of("status", folder.resolve("long"), "--json").json();
        assertThat(status.path("state").textValue()).isEqualTo("stopped");
        assertThat(status.path("exitCode").intValue()).isEqualTo(75);
        assertThat(status.path("retryable").booleanValue()).isTrue();
        assertThat(status.path("iteration").longValue()).isZero();
    }

    /** Whatever the store does while the run stops, a cluster's own limit of ten seconds is not reached. */
    @Test
    void storeThatHangsWhileTheRunStopsDoesNotKeepTheProcess() throws IOException, InterruptedException {
        Path commits = Files.createDirectories(folder.resolve("hung/commits"));
        try (CommandProcess process = run("hung", List.of("--engine", "local", "--set", "upper.units=1000000000"))) {
            process.awaitFiles(commits, 1);
            Path status = folder.resolve("hung/status/00000001.json");
            Path pipe = folder.resolve("pipe");
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            Files.move(pipe, status, StandardCopyOption.ATOMIC_MOVE);
            long begun = System.nanoTime();

            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);

            assertThat(System.nanoTime() - begun).as("the store hung").isGreaterThan(4_000_000_000L);
            assertThat(process.err()).doesNotContain("stopped at step");
            Files.delete(status);
        }
        assertThat(Invocation.of("verify", folder.resolve("hung")).code()).isZero();
    }

    /** Sixty thousand trajectories of two hundred steps would take hundreds of megabytes if a batch kept them. */
    @Test
    void aBatchNeedsTheMemoryOfAChunk() throws IOException, InterruptedException {
        try (CommandProcess process = CommandProcess.start(
                folder,
                List.of("-Xmx48m"),
                "run",
                tiny,
                "--engine",
                "local",
                "--out",
                folder.resolve("little"),
                "--set",
                "upper.units=30000",
                "--set",
                "sampling.horizon=200",
                "--set",
                "lower.innerSteps=1",
                "--set",
                "stop.iterations=1",
                "--set",
                "evaluation.every=1")) {
            assertThat(process.await()).as(process.err()).isZero();
        }
        JsonNode status =
                Invocation.of("status", folder.resolve("little"), "--json").json();
        assertThat(status.path("upperSamples").longValue()).isEqualTo(2 * 30_000 * 200);
    }

    @Test
    void mistakesAreFoundBeforeSparkAndHadoop() throws IOException, InterruptedException {
        Path mistakes = Invocation.configuration("five-mistakes.yaml", folder);

        assertThat(classesOf(2, "run", mistakes))
                .contains("io.stackel.experiment.ConfigurationDecoder")
                .doesNotContain("org.apache.spark.SparkContext", "org.apache.hadoop.conf.Configuration");
    }

    @Test
    void finishedRunIsAnsweredWithoutSparkAndHadoop() throws IOException, InterruptedException {
        Invocation.of("run", tiny, "--engine", "local", "--out", folder.resolve("a"));

        assertThat(classesOf(0, "run", tiny, "--out", folder.resolve("a")))
                .contains("io.stackel.store.CommitLog")
                .doesNotContain("org.apache.spark.SparkContext", "org.apache.hadoop.conf.Configuration");
    }

    /** The classes that a process loads for a command. */
    private Set<String> classesOf(int code, Object... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        try (CommandProcess process =
                CommandProcess.start(folder, List.of("-Xlog:class+load:file=" + log + ":none"), arguments)) {
            assertThat(process.await()).as(process.err()).isEqualTo(code);
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
        }
    }
}
