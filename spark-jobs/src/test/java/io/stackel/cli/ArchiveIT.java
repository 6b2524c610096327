package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The archive of a release, unpacked, with a Java and nothing else: an empty home, no Maven, files that nobody may write. Where
 * the tests run as root, what is unpacked runs as another user, without a network.
 */
class ArchiveIT {

    private static final String VERSION = "0.1.0";
    private static final String EXECUTORS = "local-cluster[1,1,512]";
    private static final Path TARGET = StandaloneServers.PROJECT.resolve("spark-jobs/target");

    private static Path folder;
    private static Path release;
    private static Path home;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("stackel-archive");
        home = Files.createDirectory(folder.resolve("home"));
        said(command("tar", "xzf", TARGET.resolve("stackel-" + VERSION + ".tar.gz"), "-C", folder));
        said(command("tar", "xzf", TARGET.resolve("stackel-" + VERSION + "-without-spark.tar.gz"), "-C", folder));
        release = folder.resolve("stackel-" + VERSION);
        said(command("chmod", "-R", "a-w,a+rX", release));
        said(command("chmod", "a+rwx", folder, home));
    }

    @AfterAll
    static void remove() throws IOException, InterruptedException {
        said(command("chmod", "-R", "u+w", folder));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static List<String> command(Object... words) {
        return Stream.of(words).map(Object::toString).toList();
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        home.toString(),
                        "PATH",
                        "/usr/sbin:/usr/bin:/sbin:/bin",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        Process process =
                builder.directory(home.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }

    /** As a user who owns nothing here, with the loopback device alone, where this process may do that. */
    private static List<String> asAnother(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("unshare", "-n", "sh", "-c"));
        all.add("ip link set lo up; exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"");
        all.add("sh");
        all.addAll(command);
        return all;
    }

    private static String stackel(Object... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(release.resolve("bin/stackel").toString()));
        command.addAll(command(words));
        return said(asAnother(command));
    }

    private static Path shipped(String file) {
        return release.resolve("conf").resolve(file);
    }

    private static String stateHash(String run) throws IOException, InterruptedException {
        JsonNode status = new ObjectMapper().readTree(stackel("status", run, "--json"));
        assertThat(status.path("state").textValue()).isEqualTo("complete");
        return status.path("stateSha256").textValue();
    }

    @Test
    void runsChecksAndReportsWithTheSameBitsOnExecutors() throws IOException, InterruptedException {
        Path experiment = shipped("experiments/four-rooms.yaml");

        assertThat(stackel("--version")).startsWith("stackel " + VERSION + "+");
        assertThat(stackel("check", shipped("experiments/reward-design.yaml"))).contains("checks passed");
        stackel("run", experiment, "--set", "stop.iterations=3", "--out", "runs/here", "--engine", "local");
        stackel(
                "--conf",
                "spark.executor.memory=512m",
                "run",
                experiment,
                "--set",
                "stop.iterations=3",
                "--out",
                "runs/there",
                "--master",
                EXECUTORS);
        assertThat(stateHash("runs/there")).isEqualTo(stateHash("runs/here"));
        assertThat(stackel("report", "runs/here")).contains("report.html");
        assertThat(home.resolve("runs/here/report.html")).exists();
    }

    @Test
    void theOneWithoutSparkTakesThatOfSparkHome() throws IOException, InterruptedException {
        Path without = folder.resolve("stackel-" + VERSION + "-without-spark/bin/stackel");

        assertThat(said(command("env", "SPARK_HOME=" + release.resolve("lib"), without, "--version")))
                .startsWith("stackel " + VERSION + "+");
        assertThat(said(command("sh", "-c", without + " --version; test $? = 2")))
                .isEqualTo(
                        "stackel: this release has no Spark of its own; set SPARK_HOME to a distribution of Spark 4.1\n");
    }
}
