package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stackel.experiment.AlgorithmTable;
import io.stackel.experiment.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    @TempDir
    Path folder;

    /** Every problem with what suits it, and with each algorithm that runs on it. */
    @TestFactory
    Stream<DynamicTest> everyFirstConfigurationIsAccepted() {
        AlgorithmTable table = AlgorithmTable.of(Catalogue.shipped());
        return table.rows().stream()
                .filter(row -> row.choice().isEmpty())
                .flatMap(row -> Stream.concat(
                                Stream.of(""), table.algorithms().stream().filter(row::runs))
                        .map(algorithm -> dynamicTest(
                                row.problem() + " " + algorithm, () -> isAccepted(row.problem(), algorithm))));
    }

    private void isAccepted(String problem, String algorithm) throws IOException {
        Path place = folder.resolve(problem + "-" + algorithm);
        Invocation init = algorithm.isEmpty()
                ? Invocation.of("init", place, "--problem", problem)
                : Invocation.of("init", place, "--problem", problem, "--algorithm", algorithm);
        assertThat(init.code()).as(init.err()).isZero();
        Path file = place.resolve(problem + ".yaml");
        assertThat(init.out()).isEqualTo(file + "\n");
        assertThat(init.err()).contains("stackel check " + file).contains("stackel run " + file);
        assertThat(Files.readString(file))
                .doesNotContain("$")
                .contains(algorithm.isEmpty() ? "algorithm:" : "algorithm: {name: " + algorithm)
                .hasLineCount(problem.matches("quadratic|hyper-.*") ? 21 : 27);

        Invocation dry = Invocation.of("run", file, "--dry-run", "--out", folder.resolve("run"));
        assertThat(dry.code()).as(dry.err()).isZero();
    }

    @Test
    void aFileThatIsThereIsNotChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("quadratic.yaml"), "mine");

        Invocation init = Invocation.of("init", folder, "--problem", "quadratic");

        assertThat(init.code()).isEqualTo(2);
        assertThat(init.err()).contains(file + " is there already and was not changed");
        assertThat(file).hasContent("mine");
    }

    @Test
    void whatDoesNotRunIsRefusedWithTheReason() {
        Invocation init =
                Invocation.of("init", folder.resolve("a"), "--problem", "reward-shaping", "--algorithm", "exact");

        assertThat(init.code()).isEqualTo(2);
        assertThat(init.err()).contains("exact needs a finite problem").contains("; use ");
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(Invocation.of("init", folder, "--problem", "stackelburg").err())
                .contains("did you mean stackelberg?");
        assertThat(Invocation.of("init", folder, "--problem", "chess").err())
                .contains("but was chess; there are four-rooms, ");
    }

    @Test
    void aFolderThatCannotBeMadeIsNoMistakeOfStackel() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        Invocation init = Invocation.of("init", file, "--problem", "quadratic");

        assertThat(init.code()).isEqualTo(2);
        assertThat(init.err()).contains("cannot write " + file).contains("a file is in the way");
        assertThat(file).hasContent("mine");
    }
}
