package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserProblemTest {

    @TempDir
    Path folder;

    private Path walk;

    @BeforeEach
    void writeConfiguration() throws IOException {
        walk = Files.writeString(folder.resolve("walk.yaml"), UserProblem.CONFIGURATION);
    }

    private Invocation run(Object... more) {
        Object[] arguments = new Object[more.length + 6];
        Object[] first = {"run", walk, "--engine", "local", "--out", folder.resolve("run")};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return UserProblem.found(folder, () -> Invocation.of(arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void mistakeOfTheProblemIsNamedByItsLineAndCanBeMended(String threads) {
        Invocation broken = run("--threads", threads);

        assertThat(broken.code()).as(broken.err()).isEqualTo(3);
        assertThat(broken.err())
                .contains("stackel: the problem failed: ")
                .contains("/ by zero\n  at org.example.FaultyWalk$Walk.divide(FaultyWalk.java:")
                .doesNotContain("\tat ");
        JsonNode status =
                Invocation.of("status", folder.resolve("run"), "--json").json();
        assertThat(status.path("state").textValue()).isEqualTo("failed");
        assertThat(status.path("exitCode").intValue()).isEqualTo(3);
        assertThat(status.path("retryable").booleanValue()).isFalse();
        assertThat(run().code()).as("not taken for divergence").isEqualTo(3);
    }

    @Test
    void soundProblemRunsAndIsListed() {
        Invocation sound = run("--set", "problem.mistake=none");

        assertThat(sound.code()).as(sound.err()).isZero();
        assertThat(UserProblem.found(folder, () -> Invocation.of("--help")).out())
                .contains("faulty-walk    a walk that fails");
        JsonNode answer = UserProblem.found(folder, () -> Invocation.of("export", folder.resolve("run")))
                .json();
        assertThat(answer.path("x")).hasSize(2);
        assertThat(answer.has("policy")).isFalse();
    }

    @Test
    void stepsThatNeedTablesAreRefusedWithTheLine() throws IOException {
        Files.writeString(walk, UserProblem.CONFIGURATION.replace("optimizer: adam", "optimizer: natural"));

        Invocation refused = run("--set", "problem.mistake=none");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("stackel: 1 mistake in " + walk + ":\n  " + walk + ":7:41: lower.optimizer: natural needs")
                .contains("use first-order, pbrl or independent");
    }

    @Test
    void withoutItsJarTheProblemIsNotKnown() {
        Invocation run = Invocation.of("run", walk, "--out", folder.resolve("run"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("problem.name must be a known name, but was the text \"faulty-walk\"");
    }
}
