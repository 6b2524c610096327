package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .contains("stackel: your own code failed: ")
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
                .containsPattern("faulty-walk +a walk that fails");
        JsonNode answer = UserProblem.found(folder, () -> Invocation.of("export", folder.resolve("run")))
                .json();
        assertThat(answer.path("x")).hasSize(2);
        assertThat(answer.has("policy")).isFalse();
    }

    /** What a problem says of itself is held against the rules by every command that makes it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discount | : discount() must be in [0, 1), but was 2.0; fix the problem's code",
                "sizes | has 2 mistakes:\\n  upperSize() must be at least 1, but was 0\\n"
                        + "  entropyWeight() must be finite and at least 0, but was -1.0; fix the problem's code",
                "actions | : actions() must be so small that as many numbers fit the memory, but 1000000000 of 8 bytes take"
                        + " 7629 MiB"
            })
    void problemThatBreaksARuleIsRefusedBeforeAnythingStarts(String mistake, String rule) {
        for (String command : List.of("run", "check", "exact")) {
            List<Object> words = new ArrayList<>(List.of(command, walk, "--set", "problem.mistake=" + mistake));
            if (command.equals("run")) {
                words.addAll(List.of("--engine", "local", "--out", folder.resolve("run")));
            }
            Invocation refused = UserProblem.found(folder, () -> Invocation.of(words.toArray()));

            assertThat(refused.code()).as(command + refused.err()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("stackel: org.example.FaultyWalk")
                    .contains(rule.translateEscapes())
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index | Step.lowerRewardGradient() must have indices in [0, upperSize()) = [0, 2), but has ",
                "cell | Simulator.observe() must write the number of a state, in [0, states()) = [0, 5), but wrote 7.0"
            })
    void stepThatBreaksARuleIsNamed(String mistake, String rule) {
        Invocation check = UserProblem.found(
                folder, () -> Invocation.of("check", walk, "--set", "problem.mistake=" + mistake, "--units", 512));
        assertThat(check.code()).as(check.out() + check.err()).isEqualTo(3);
        for (String threads : List.of("1", "2")) {
            Invocation run = run("--set", "problem.mistake=" + mistake, "--threads", threads);

            assertThat(run.code()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("stackel: " + rule).doesNotContain("\tat ");
        }
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
