package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    @Test
    void itsManifestNamesNoMachine() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(Object::toString)
                    .doesNotContain("Built-By", "Build-Jdk", "Build-Date");
        }
    }
}
