package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that do not leave the process are no success, whichever command they are of. */
class ResultsTest {

    /** A device that takes nothing: there is no space left on it. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeARun() {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        Invocation.write(folder.resolve("sweep.yaml"), "format: 1\nname: one\nconfiguration: tiny.yaml\n");
        Invocation run = Invocation.of("run", tiny, "--engine", "local", "--out", folder.resolve("run"));
        assertThat(run.code()).as(run.err()).isZero();
        Invocation plan =
                Invocation.of("sweep", "plan", folder.resolve("sweep.yaml"), "--out", folder.resolve("sweep"));
        assertThat(plan.code()).as(plan.err()).isZero();
    }

    private static Object[] words(String command) {
        return command.replace("FOLDER", folder.toString()).split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run FOLDER/tiny.yaml --engine local --out FOLDER/run",
                "run FOLDER/tiny.yaml --dry-run --out FOLDER/none",
                "status FOLDER/run",
                "status FOLDER/run --json",
                "verify FOLDER/run",
                "export FOLDER/run",
                "export FOLDER/run --format safetensors",
                "report FOLDER/run",
                "exact FOLDER/tiny.yaml",
                "check FOLDER/tiny.yaml",
                "sweep plan FOLDER/sweep.yaml --out FOLDER/sweep",
                "sweep status FOLDER/sweep",
                "sweep report FOLDER/sweep",
                "schema",
                "--version",
                "--help",
                "status --help"
            })
    void aFullStdoutIsNoSuccess(String command) throws IOException {
        assumeThat(FULL).exists();
        try (OutputStream full = Files.newOutputStream(FULL)) {
            Invocation invocation = Invocation.into(full, words(command));

            assertThat(invocation.code()).as(invocation.err()).isEqualTo(75);
            assertThat(invocation.err())
                    .contains("stackel: the result could not be written to stdout: No space left on device")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export FOLDER/run --to FOLDER/full",
                "export FOLDER/run --metrics FOLDER/full",
                "report FOLDER/run --to FOLDER/full",
                "sweep report FOLDER/sweep --to FOLDER/full"
            })
    void aFullDiskIsNoSuccess(String command) throws IOException {
        assumeThat(FULL).exists();
        // By a link, so that nothing can replace the device.
        Path full = folder.resolve("full");
        Files.deleteIfExists(full);
        Files.createSymbolicLink(full, FULL);

        Invocation invocation = Invocation.of(words(command));

        assertThat(invocation.code()).as(invocation.err()).isEqualTo(75);
        assertThat(invocation.err())
                .contains("stackel: cannot write " + full)
                .contains("No space left on device); run the same command again when there is space")
                .doesNotContain("\tat ");
    }

    @Test
    void aPlaceThatCannotTakeAFileIsAMistake() {
        Invocation invocation = Invocation.of(
                "export", folder.resolve("run"), "--to", folder.resolve("none").resolve("answer.json"));

        assertThat(invocation.code()).isEqualTo(2);
        assertThat(invocation.err()).contains("cannot write ").contains("make it, or give a file in another one");
    }

    @Test
    void aReaderThatWantsNoMoreIsNoFailure() {
        Invocation invocation = Invocation.into(
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                "schema");

        assertThat(invocation.code()).isZero();
        assertThat(invocation.err()).isEmpty();
    }

    @Test
    void aFailureOfTheCommandItselfKeepsItsCode() throws IOException {
        assumeThat(FULL).exists();
        Invocation.of("run", folder.resolve("tiny.yaml"), "--engine", "local", "--out", folder.resolve("hurt"));
        try (OutputStream full = Files.newOutputStream(FULL)) {
            Files.writeString(folder.resolve("hurt/commits/00000001-0000000001.json"), "not a commit");

            assertThat(Invocation.into(full, "verify", folder.resolve("hurt")).code())
                    .isEqualTo(3);
        }
    }
}
