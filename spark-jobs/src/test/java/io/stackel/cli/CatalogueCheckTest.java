package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.Families;
import io.stackel.problem.ProblemFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family of the catalogue has an experiment, and the first of them passes {@code stackel check}. */
class CatalogueCheckTest {

    private static final Path EXPERIMENTS = Path.of(System.getProperty("basedir", ""), "../conf/experiments");

    static Stream<String> families() {
        return Families.all().stream().map(ProblemFactory::name);
    }

    @ParameterizedTest
    @MethodSource("families")
    void passes(String family) throws IOException {
        passes(experiment(family));
    }

    /** Families of which the first experiment leaves out one kind of problem. */
    @ParameterizedTest
    @ValueSource(strings = {"preferences.yaml", "inverse-rl.yaml"})
    void passesOnOtherKinds(String file) {
        passes(EXPERIMENTS.resolve(file));
    }

    private static void passes(Path file) {
        Invocation check = Invocation.of("check", file, "--units", 512);

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).endsWith("checks passed\n");
    }

    private static Path experiment(String family) throws IOException {
        Pattern problem = Pattern.compile("^problem:\\s*\\{?\\s*name: " + family + "\\b(?!-)", Pattern.MULTILINE);
        try (Stream<Path> files = Files.list(EXPERIMENTS)) {
            return files.sorted()
                    .filter(file -> problem.matcher(read(file)).find())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no experiment of " + family + " in " + EXPERIMENTS));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
