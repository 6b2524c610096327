package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process, its exit code and its stdout stay ours, whatever code of the user's does to them. */
class ProcessEndIT {

    @TempDir
    Path folder;

    private CommandProcess run(String habit, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of(
                "run",
                UserProblem.unruly(folder),
                "--set",
                "problem.habit=" + habit,
                "--out",
                folder.resolve("run"),
                "--json"));
        arguments.addAll(List.of(more));
        return CommandProcess.startUnruly(folder, List.of("-Djava.io.tmpdir=" + temporary()), arguments.toArray());
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("temporary"));
    }

    private JsonNode status() {
        return Invocation.of("status", folder.resolve("run"), "--json").json();
    }

    @Test
    void aThreadThatStaysAndProseOnStdoutChangeNothing() throws IOException, InterruptedException {
        try (CommandProcess process = run("stays", "--engine", "local")) {
            assertThat(process.await()).as(process.err()).isZero();
            assertThat(process.err()).contains("I am here to stay").contains("a step");
            assertThat(new ObjectMapper().readTree(process.out()).path("state").textValue())
                    .isEqualTo("complete");
        }
    }

    @Test
    void anExitBeforeAnythingWasDoneIsAMistakeOfTheProblem() throws IOException, InterruptedException {
        try (CommandProcess process = run("leaves-early", "--engine", "local")) {
            assertThat(process.await()).as(process.err()).isEqualTo(3);
            assertThat(process.err())
                    .contains("stackel: the problem ended the process\n  at ")
                    .contains("org.example.UnrulyWalk$Factory.create(UnrulyWalk.java:");
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** On the thread of the loop, on one of the engine's, and on one of Spark's. */
    @ParameterizedTest
    @ValueSource(strings = {"--engine local", "--engine local --threads 2", "--master local[2]"})
    void anExitWithinABatchIsAMistakeOfTheProblem(String engine) throws IOException, InterruptedException {
        try (CommandProcess process = run("leaves", (Object[]) engine.split(" "))) {
            assertThat(process.await()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("org.example.UnrulyWalk$Walk.step(UnrulyWalk.java:");
        }
        JsonNode status = status();
        assertThat(status.path("state").textValue()).isEqualTo("failed");
        assertThat(status.path("exitCode").intValue()).isEqualTo(3);
        assertThat(status.path("retryable").booleanValue()).isFalse();
        assertThat(status.path("reason").textValue()).startsWith("the problem ended the process");
    }

    /** In a task, whose process Spark would end because of it. */
    @Test
    void aTaskThatDoesNotFitTheMemoryHasTheCodeOfAnyOther() throws IOException, InterruptedException {
        try (CommandProcess process = run("greedy", "--master", "local[2]")) {
            assertThat(process.await()).as(process.err()).isEqualTo(2);
            assertThat(process.err()).contains("stackel: out of memory (").contains("spark.executor.memory");
        }
        assertThat(status().path("exitCode").intValue()).isEqualTo(2);
        assertThat(status().path("retryable").booleanValue()).isFalse();
    }

    /** Within a batch that does not end; Spark has its folders and libraries there by then. */
    @ParameterizedTest
    @ValueSource(strings = {"--engine local", "--master local[2]"})
    void aSignalLeavesNothingInTheTemporaryFolder(String engine) throws IOException, InterruptedException {
        Path status = Files.createDirectories(folder.resolve("run/status"));
        boolean spark = engine.contains("master");
        try (CommandProcess process = run("endless", (Object[]) engine.split(" "))) {
            process.awaitFiles(spark ? temporary() : status, spark ? 3 : 1);
            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);
            assertThat(process.err()).contains("stopped at step 0");
        }
        assertThat(status().path("state").textValue()).isEqualTo("stopped");
        try (Stream<Path> left = Files.walk(temporary())) {
            assertThat(left.filter(path -> !path.equals(folder.resolve("temporary")))
                            .filter(path -> !path.toString().contains("hsperfdata")))
                    .isEmpty();
        }
    }

    @Test
    void aFullStdoutIsNoSuccess() throws IOException, InterruptedException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createSymbolicLink(folder.resolve("out"), full);
        try (CommandProcess process = CommandProcess.start(folder, List.of(), "schema")) {
            assertThat(process.await()).as(process.err()).isEqualTo(75);
            assertThat(process.err()).contains("No space left on device");
        }
    }
}
