package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The job jar is thin, and nothing in it tells when or where it was built, so that equal sources give equal bytes. */
class JobJarIT {

    private static final Path JAR = StandaloneServers.PROJECT.resolve("spark-jobs/target/stackel.jar");

    /** {@code project.build.outputTimestamp} of the build. */
    private static final LocalDateTime OUTPUT_TIMESTAMP = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static List<JarEntry> entries(JarFile jar) {
        return jar.stream().toList();
    }

    @Test
    void noEntryIsYoungerThanTheBuildSays() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(entries(jar)).hasSizeGreaterThan(500);
            assertThat(entries(jar)).noneMatch(entry -> entry.getTimeLocal().isAfter(OUTPUT_TIMESTAMP));
        }
    }

    @Test
    void itsClassesAreOursOrRelocated() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(entries(jar).stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !name.startsWith("io/stackel/")))
                    .isEmpty();
        }
    }

    /** So a record that names a version can be traced to its sources. */
    @Test
    void itNamesTheCommitThatHasItsSources() throws IOException, InterruptedException {
        String version;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
        assertThat(version).matches("[0-9][0-9A-Za-z.-]*\\+([0-9a-f]{12,40}(-dirty)?|unknown)");
        String commit = version.substring(version.indexOf('+') + 1);
        assertThat(commit.equals("unknown")).isEqualTo(!Files.exists(StandaloneServers.PROJECT.resolve(".git")));
        if (!commit.equals("unknown") && !commit.endsWith("-dirty")) {
            Process difference = new ProcessBuilder(
                            "git", "diff", "--stat", commit, "--", "common/src/main", "spark-jobs/src/main", "pom.xml")
                    .directory(StandaloneServers.PROJECT.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(difference.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEmpty();
            assertThat(difference.waitFor()).isZero();
        }
    }

    @Test
    void itsManifestNamesNoMachine() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(Object::toString)
                    .doesNotContain("Built-By", "Build-Jdk", "Build-Date");
        }
    }
}
