package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The local engine on Java 25, in a process of its own, gives the bits that Java 17 gives. Where no Java 25 is found,
 * neither by the variable {@value #VARIABLE} nor under {@value #PLACE}, the tests are skipped.
 */
class YoungerJavaIT {

    private static final String VARIABLE = "JAVA_25_HOME";
    private static final String PLACE = "/usr/lib/jvm";
    private static final List<String> BOTH_COMPILERS = List.of("-XX:TieredStopAtLevel=4");

    @TempDir
    Path folder;

    private Path java;

    @BeforeEach
    void findJava25() throws IOException {
        Optional<Path> found = found();
        assumeThat(found)
                .as("a Java 25, named by %s or installed under %s", VARIABLE, PLACE)
                .isPresent();
        java = found.orElseThrow().resolve("bin/java");
    }

    private static Optional<Path> found() throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).ifPresent(homes::add);
        if (Files.isDirectory(Path.of(PLACE))) {
            try (Stream<Path> places = Files.list(Path.of(PLACE))) {
                places.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"25")
                    && Files.isExecutable(home.resolve("bin/java"))) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.yaml", "tiny-rooms.yaml", "tiny-control.yaml", "tiny-pendulum.yaml"})
    void aRunHasTheSameHashes(String name) throws IOException, InterruptedException {
        Path configuration = Invocation.configuration(name, folder);
        String expected = Invocation.of(
                        "run", configuration, "--engine", "local", "--out", folder.resolve("a"), "--json")
                .hashes();

        onJava25("run", configuration, "--engine", "local", "--threads", "2", "--out", folder.resolve("b"));

        assertThat(Invocation.of("status", folder.resolve("b"), "--json").hashes())
                .isEqualTo(expected);
    }

    @Test
    void exactValuesAreTheSameText() throws IOException, InterruptedException {
        Path configuration = Invocation.configuration("tiny.yaml", folder);

        assertThat(onJava25("exact", configuration))
                .isEqualTo(Invocation.of("exact", configuration).out());
    }

    @Test
    void aSignalEndsARunInGoodOrder() throws IOException, InterruptedException {
        Path configuration = Invocation.configuration("tiny.yaml", folder);
        Path commits = Files.createDirectories(folder.resolve("run/commits"));
        try (CommandProcess process = CommandProcess.start(
                java,
                folder,
                BOTH_COMPILERS,
                "run",
                configuration,
                "--engine",
                "local",
                "--set",
                "upper.units=1000000000",
                "--out",
                folder.resolve("run"))) {
            process.awaitFiles(commits, 1);
            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);
            assertThat(process.err()).contains("stopped at step ");
        }
    }

    private String onJava25(Object... arguments) throws IOException, InterruptedException {
        try (CommandProcess process = CommandProcess.start(java, folder, BOTH_COMPILERS, arguments)) {
            assertThat(process.await()).as(process.err()).isZero();
        }
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }
}
