package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code deploy/bin/stackel} sees to before it starts Java. */
class LauncherIT {

    @TempDir
    Path folder;

    /** By a shell, whose names are bytes: the Java of the tests may be in the C locale too. */
    @Test
    void filesOutsideOfAsciiAreNamedInAnyLocale() throws IOException, InterruptedException {
        Invocation.configuration("tiny.yaml", folder);
        String out = "$'l\\xc3\\xa4ufe'";
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                StandaloneServers.PROJECT.resolve("deploy/bin/stackel") + " run tiny.yaml --engine local --out " + out
                        + " && test -f " + out + "/run.json");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What the launcher gives to a spark-submit that only prints its arguments. */
    private List<String> submitted(Object... arguments) throws IOException, InterruptedException {
        Path fake = Files.createDirectories(folder.resolve("fake/bin")).resolve("spark-submit");
        Files.writeString(fake, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(StandaloneServers.PROJECT.resolve("deploy/bin/stackel")), Stream.of(arguments))
                        .map(Object::toString)
                        .toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SPARK_HOME", folder.resolve("fake").toString());
        Process process = builder.directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    /** In client mode the driver names its application; in cluster mode there is no driver yet that could. */
    @Test
    void anApplicationOfACluster() throws IOException, InterruptedException {
        Path mine = Files.createFile(folder.resolve("mine.jar"));

        assertThat(submitted("--jars", mine, "run", "a.yaml", "--master", "yarn", "--out", "hdfs://a/runs/one"))
                .containsSubsequence("--class", "io.stackel.cli.Main", "--master", "yarn", "--jars", mine.toString())
                .endsWith("run", "a.yaml", "--master", "yarn", "--out", "hdfs://a/runs/one")
                .noneMatch(argument -> argument.contains("spark.app.name"));
    }

    @ParameterizedTest
    @CsvSource({
        "yarn, run a.yaml --out hdfs://a/runs/one, stackel one",
        "k8s://https://a:6443, run a.yaml --out=s3a://a/runs/one/, stackel one",
        "yarn, sweep run hdfs://a/sweeps/many, stackel many",
        "yarn, sweep run hdfs://a/many.yaml --out hdfs://a/sweeps/two, stackel two",
        "spark://a:7077, sweep run hdfs://a/many.yaml, stackel many"
    })
    void anApplicationOfAClusterModeIsNamedByItsRunOrSweep(String master, String command, String name)
            throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("--conf", "spark.submit.deployMode=cluster"));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of("--master", master));

        assertThat(submitted(words.toArray()))
                .containsSubsequence("--conf", "spark.app.name=" + name, "--conf", "spark.submit.deployMode=cluster");
    }

    /** Of two values of a setting spark-submit takes the later. */
    @Test
    void theUsersNameOfAnApplicationWins() throws IOException, InterruptedException {
        assertThat(submitted(
                        "--conf",
                        "spark.submit.deployMode=cluster",
                        "--conf",
                        "spark.app.name=mine",
                        "run",
                        "a.yaml",
                        "--master",
                        "yarn",
                        "--out",
                        "hdfs://a/runs/one"))
                .containsSubsequence("spark.app.name=stackel one", "spark.app.name=mine");
    }
}
