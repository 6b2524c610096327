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
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The launcher with a spark-submit that only prints its arguments. */
    private ProcessBuilder launcher(Object... arguments) throws IOException {
        Path fake = Files.createDirectories(folder.resolve("fake/bin")).resolve("spark-submit");
        Files.writeString(fake, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(StandaloneServers.PROJECT.resolve("deploy/bin/stackel")), Stream.of(arguments))
                        .map(Object::toString)
                        .toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SPARK_HOME", folder.resolve("fake").toString());
        builder.environment().remove("STACKEL_JAR");
        return builder.directory(folder.toFile());
    }

    private static List<String> printed(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    /** What the launcher gives to spark-submit. */
    private List<String> submitted(Object... arguments) throws IOException, InterruptedException {
        return printed(launcher(arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** What the launcher tells people, and no word of what it gives to spark-submit. */
    private List<String> told(Object... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        printed(launcher(arguments).redirectError(err.toFile()).start());
        return Files.readAllLines(err);
    }

    /** The words of a command for a master, in cluster mode. */
    private static Object[] inClusterMode(String master, String command) {
        List<Object> words = new ArrayList<>(List.of("--conf", "spark.submit.deployMode=cluster"));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of("--master", master));
        return words.toArray();
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
        assertThat(submitted(inClusterMode(master, command)))
                .containsSubsequence("--conf", "spark.app.name=" + name, "--conf", "spark.submit.deployMode=cluster");
    }

    /** The driver's machine is the cluster's choice. */
    @ParameterizedTest
    @ValueSource(strings = {"spark://a:7077", "yarn", "k8s://https://a:6443"})
    void inClusterModeADirectoryOfThisMachineIsRefused(String master) throws IOException, InterruptedException {
        Process process = launcher(inClusterMode(master, "run a.yaml --out /runs/one"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said).startsWith("stackel: --out must be on hdfs: or s3a:").endsWith("but was /runs/one\n");
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

    /** No cluster gives spark-submit the exit code of a driver: whoever waits for it must ask, and ask the right place. */
    @ParameterizedTest
    @CsvSource({
        "spark://a:7077, run a.yaml --out hdfs://a/runs/one, status hdfs://a/runs/one --json",
        "yarn, run a.yaml --out hdfs://a/runs/one, status hdfs://a/runs/one --json",
        "k8s://https://a:6443, run a.yaml --out=s3a://a/runs/one, status s3a://a/runs/one --json",
        "yarn, sweep run hdfs://a/sweeps/many, sweep status hdfs://a/sweeps/many --json"
    })
    void inClusterModeOneLineSaysHowToSeeTheExitCode(String master, String command, String status)
            throws IOException, InterruptedException {
        assertThat(told(inClusterMode(master, command)))
                .singleElement()
                .asString()
                .startsWith("stackel: the driver works in the cluster")
                .endsWith("deploy/bin/stackel " + status);
    }

    @Test
    void whereThereIsNoExitCodeToSeeNothingIsSaid() throws IOException, InterruptedException {
        assertThat(told("run", "a.yaml", "--master", "yarn", "--out", "hdfs://a/runs/one"))
                .isEmpty();
        assertThat(told(inClusterMode("yarn", "exact hdfs://a/a.yaml"))).isEmpty();
    }

    /** A pod has no file of this machine. spark-submit would ask for a place to upload it to. */
    @Test
    void inAPodTheJobJarIsThatOfTheImage() throws IOException, InterruptedException {
        String run = "run a.yaml --out hdfs://a/runs/one";

        assertThat(submitted(inClusterMode("k8s://https://a:6443", run)))
                .containsSubsequence("local:///opt/stackel/lib/stackel.jar", "run", "a.yaml");
        assertThat(submitted(inClusterMode("yarn", run))).contains(jobJar()).noneMatch(LauncherIT::isOfAnImage);
        assertThat(submitted((Object[]) (run + " --master k8s://https://a:6443").split(" ")))
                .contains(jobJar())
                .noneMatch(LauncherIT::isOfAnImage);
    }

    private static String jobJar() {
        return StandaloneServers.PROJECT
                .resolve("spark-jobs/target/stackel.jar")
                .toString();
    }

    private static boolean isOfAnImage(String argument) {
        return argument.startsWith("local:");
    }

    @ParameterizedTest
    @CsvSource({"yarn", "k8s://https://a:6443"})
    void theJobJarMayBeElsewhere(String master) throws IOException, InterruptedException {
        ProcessBuilder launcher = launcher(inClusterMode(master, "run a.yaml --out hdfs://a/runs/one"));
        launcher.environment().put("STACKEL_JAR", "hdfs://a/stackel.jar");

        assertThat(printed(
                        launcher.redirectError(ProcessBuilder.Redirect.DISCARD).start()))
                .containsSubsequence("hdfs://a/stackel.jar", "run", "a.yaml")
                .doesNotContain(jobJar())
                .noneMatch(LauncherIT::isOfAnImage);
    }

    @Test
    void jarsOfYourOwnMayBeInTheImage() throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("--jars", "local:///opt/mine.jar"));
        words.addAll(List.of(inClusterMode("k8s://https://a:6443", "run a.yaml --out hdfs://a/runs/one")));

        assertThat(submitted(words.toArray()))
                .containsSubsequence("--jars", "local:///opt/mine.jar", "local:///opt/stackel/lib/stackel.jar", "run");
    }
}
