package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stackel.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of a run into a file of the user's choice. */
class ResultFileTest {

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void solve() {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        run = folder.resolve("run");
        assertThat(Invocation.of("run", tiny, "--engine", "local", "--set", "stop.iterations=1", "--out", run)
                        .code())
                .isZero();
    }

    private static List<List<String>> commands() {
        return List.of(
                List.of("export", "--to"),
                List.of("export", "--format", "safetensors", "--to"),
                List.of("export", "--metrics"),
                List.of("report", "--to"));
    }

    private static Invocation into(List<String> command, Object file) {
        List<Object> words = new java.util.ArrayList<>(command);
        words.add(file);
        words.add(1, run);
        return Invocation.of(words.toArray());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFileIsWritten(List<String> command) {
        Path file = folder.resolve("result" + commands().indexOf(command));

        Invocation answer = into(command, file);

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(file).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatCanBeNoFileIsRefused(List<String> command) throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        for (Object file : List.of(
                folder,
                folder.resolve("none/here"),
                plain.resolve("x"),
                folder.resolve("n".repeat(256)),
                "/proc/x",
                "/dev/null/x",
                "s3a://bucket/answer",
                "s3a://KEY:CANARY@bucket/answer")) {
            Invocation answer = into(command, file);

            assertThat(answer.code())
                    .as("%s %s: %s", command, file, answer.err())
                    .isEqualTo(ExitCode.USAGE.code());
            assertThat(answer.err())
                    .startsWith("stackel: cannot write ")
                    .containsPattern("; (give|make|fix) ")
                    .doesNotContain("Exception")
                    .doesNotContain("CANARY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "report"})
    void aFullDiskIsWorthTryingAgain(String command) {
        assumeTrue(Files.exists(Path.of("/dev/full")), "Linux has a disk that is always full");

        Invocation answer = Invocation.of(command, run, "--to", "/dev/full");

        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.TRY_AGAIN.code());
        assertThat(answer.err())
                .contains("cannot write /dev/full")
                .contains("No space left")
                .contains("again");
    }

    @Test
    void aReportThatCannotBeBesideItsRunIsRefused() throws IOException {
        Path copy = folder.resolve("copy");
        for (Path source : List.of(run, run.resolve("owners"))) {
            Files.createDirectories(copy.resolve(run.relativize(source)));
        }
        Files.copy(run.resolve("run.json"), copy.resolve("run.json"));
        Files.createDirectory(copy.resolve("report.html"));

        Invocation answer = Invocation.of("report", copy);

        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(answer.err()).contains("cannot write report.html below ").contains("Is a directory");
    }
}
