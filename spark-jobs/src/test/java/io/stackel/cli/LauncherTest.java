package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code deploy/bin/stackel} refuses before it builds or starts anything. */
class LauncherTest {

    @TempDir
    Path folder;

    private String refusal(Map<String, String> environment, Object... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(StandaloneServers.PROJECT.resolve("deploy/bin/stackel")), Stream.of(arguments))
                        .map(Object::toString)
                        .toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said).startsWith("stackel: ").hasLineCount(1);
        return said;
    }

    @Test
    void aJavaHomeWithoutJava() throws IOException, InterruptedException {
        assertThat(refusal(Map.of("JAVA_HOME", "/nope"), "schema"))
                .isEqualTo("stackel: JAVA_HOME must be a Java 17 or later, but /nope/bin/java cannot be run\n");
    }

    /** A Java says its version in a file, or else when it is asked. */
    @ParameterizedTest
    @CsvSource({"11.0.2, true", "11.0.2, false", "1.8.0_402, true", "1.8.0_402, false"})
    void anOldJava(String version, boolean release) throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(
                java, "#!/bin/sh\n" + (release ? "exit 9\n" : "echo 'openjdk version \"" + version + "\"' >&2\n"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        if (release) {
            Files.writeString(folder.resolve("old/release"), "IMPLEMENTOR=\"a\"\nJAVA_VERSION=\"" + version + "\"\n");
        }

        assertThat(refusal(Map.of("JAVA_HOME", folder.resolve("old").toString()), "schema"))
                .isEqualTo("stackel: Java 17 or later is needed, but " + java + " is Java "
                        + version.replaceFirst("^1[.]", "") + "; set JAVA_HOME to another one\n");
    }

    @Test
    void anOptionBeforeTheCommand() throws IOException, InterruptedException {
        assertThat(refusal(Map.of(), "--master=yarn", "run", "a.yaml"))
                .isEqualTo("stackel: --master cannot stand before COMMAND; options of a command stand behind it, and a"
                        + " setting of Spark is --conf spark.KEY=VALUE\n");
    }

    @Test
    void aJarThatIsNotThere() throws IOException, InterruptedException {
        Path jar = Files.createFile(folder.resolve("mine.jar"));

        assertThat(refusal(Map.of(), "--jars", jar + ",other.jar", "schema"))
                .isEqualTo("stackel: --jars must be files that exist, but there is no other.jar\n");
        assertThat(refusal(Map.of(), "--jars", jar + ",other.jar", "run", "a.yaml", "--master", "spark://a:7077"))
                .contains("there is no other.jar");
        assertThat(refusal(Map.of(), "--jars", "hdfs://a/mine.jar", "schema"))
                .contains("--jars must be files of this machine for a local master, but was hdfs://a/mine.jar");
        assertThat(refusal(Map.of(), "--jars", "local:///opt/mine.jar", "schema"))
                .contains("--jars must be files of this machine for a local master, but was local:///opt/mine.jar");
    }
}
