package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a driver ends, its status says so, with the exit code and whether to try again: what schedulers wait for. */
class ReleaseIT {

    @TempDir
    Path folder;

    private Invocation run(String habit, Object... engine) {
        Object[] first = {
            "run", UserProblem.unruly(folder), "--set", "problem.habit=" + habit, "--out", folder.resolve("run")
        };
        Object[] arguments = new Object[first.length + engine.length];
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(engine, 0, arguments, first.length, engine.length);
        return UserProblem.found(folder, () -> Invocation.of(arguments));
    }

    private void requireReleased(Invocation run, int code, boolean retryable) {
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        JsonNode status =
                Invocation.of("status", folder.resolve("run"), "--json").json();
        assertThat(status.path("state").textValue()).isEqualTo("failed");
        assertThat(status.path("exitCode").isInt()).as("told").isTrue();
        assertThat(status.path("exitCode").intValue()).isEqualTo(code);
        assertThat(status.path("retryable").booleanValue()).isEqualTo(retryable);
        assertThat(run.err())
                .contains(status.path("reason").textValue().lines().findFirst().orElseThrow());
    }

    /** In a step, on the loop's thread, on another or in a task; and before the loop, where the run starts. */
    @ParameterizedTest
    @CsvSource({
        "checked, --engine local, sensor",
        "checked, --engine local --threads 2, sensor",
        "checked, --master local[2], sensor",
        "checked-early, --engine local, table of prices"
    })
    void anExceptionThatNothingDeclares(String habit, String engine, String words) {
        Invocation run = run(habit, (Object[]) engine.split(" "));

        requireReleased(run, 3, false);
        assertThat(run.err())
                .contains("stackel: your own code failed: ")
                .contains("java.io.IOException: the " + words + " is not there\n  at org.example.UnrulyWalk");
        if (engine.contains("master")) {
            assertThat(run.err()).containsPattern("chunk [01], unit [0-9]+ of .*, trajector");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aProblemThatDoesNotFitTheMemory(int threads) {
        Invocation run = run("greedy", "--engine", "local", "--threads", threads);

        requireReleased(run, 2, false);
        assertThat(run.err()).contains("stackel: out of memory (").contains("spark.driver.memory");
    }

    @Test
    void anEngineThatDoesNotStart() {
        requireReleased(run("none", "--master", "local[0]"), 75, true);
    }
}
