package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Optional;
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

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private static Path folder;
    private static Path release;
    private static Path home;
    /** Holds a network of its own, with a loopback device alone. */
    private static Process network;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("stackel-archive");
        home = Files.createDirectory(folder.resolve("home"));
        said(command("tar", "xzf", TARGET.resolve("stackel-" + VERSION + ".tar.gz"), "-C", folder));
        said(command("tar", "xzf", TARGET.resolve("stackel-" + VERSION + "-without-spark.tar.gz"), "-C", folder));
        release = folder.resolve("stackel-" + VERSION);
        said(command("chmod", "-R", "a-w,a+rX", release));
        said(command("chmod", "a+rwx", folder, home));
        if (ROOT) {
            network = new ProcessBuilder("unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec cat")
                    .start();
            assertThat(network.inputReader().readLine()).isEqualTo("up");
        }
    }

    @AfterAll
    static void remove() throws IOException, InterruptedException {
        if (ROOT) {
            network.destroy();
        }
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

    /** How a command ended. */
    private record Ended(int code, String out, String err) {

        /** The command that a line of the hints says, up to its comment. */
        String hint(String name) {
            return err.substring(err.indexOf("next:\n"))
                    .lines()
                    .filter(line -> line.matches("  \\S+ (sweep )?" + name + "\\b.*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no hint " + name + " in " + err));
        }
    }

    private static Ended ended(Path place, List<String> command) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
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
                builder.directory(place.toFile()).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    private static Ended done(List<String> command) throws IOException, InterruptedException {
        Ended ended = ended(home, command);
        assertThat(ended.code())
                .as("%s%n%s%n%s", command, ended.out(), ended.err())
                .isZero();
        return ended;
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        return done(command).out();
    }

    /** As a user who owns nothing here, with a loopback device alone, where this process may do that. */
    private static List<String> asAnother(List<String> command) {
        if (!ROOT) {
            return command;
        }
        List<String> all = new ArrayList<>(command("nsenter", "--net", "--target", network.pid()));
        all.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        all.addAll(command);
        return all;
    }

    private static Ended stackel(Object... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command(release.resolve("bin/stackel")));
        command.addAll(command(words));
        return done(asAnother(command));
    }

    /** A line as it would be copied into a shell. */
    private static Ended typed(String line) throws IOException, InterruptedException {
        return done(asAnother(command("bash", "-c", line)));
    }

    private static Path shipped(String file) {
        return release.resolve("conf").resolve(file);
    }

    private static String stateHash(String run) throws IOException, InterruptedException {
        JsonNode status =
                new ObjectMapper().readTree(stackel("status", run, "--json").out());
        assertThat(status.path("state").textValue()).isEqualTo("complete");
        return status.path("stateSha256").textValue();
    }

    /** The first hour: each command from the hint of the one before, where it gives one. */
    @Test
    void aNewcomerWalksFromInitToACluster() throws IOException, InterruptedException {
        assertThat(stackel("--version").out()).startsWith("stackel " + VERSION + "+");
        Ended init = stackel("init", "mine", "--problem", "reward-design");
        assertThat(init.out()).isEqualTo("mine/reward-design.yaml\n");
        assertThat(typed(init.hint("check")).out()).contains("checks passed");
        Ended run = typed(init.hint("run"));
        assertThat(run.out()).containsPattern("state +complete").containsPattern("stateSha256 +[0-9a-f]{64}");
        assertThat(typed(run.hint("list")).out()).containsPattern("reward-design +first-order +0 +complete");
        Path page = home.resolve(typed(run.hint("report")).out().strip());
        assertThat(Files.readString(page)).contains("Can it be trusted?", "first-order");
        JsonNode answer = new ObjectMapper().readTree(typed(run.hint("export")).out());
        assertThat(answer.path("x")).isNotEmpty();
        stackel("export", page.getParent(), "--metrics", "rows.parquet");
        Optional<Path> python = PandasIT.python();
        if (python.isPresent()) {
            assertThat(PandasIT.curve(python.get(), home, "print(list(rows['problem'].unique()), rows['last'].sum())"))
                    .isEqualTo(List.of("['reward-design'] 1"));
        }

        Files.writeString(home.resolve("two.yaml"), """
                format: 1
                name: two
                configuration: mine/reward-design.yaml
                set: {stop.iterations: 5, evaluation.every: 1}
                seeds: 0..1
                """);
        Ended sweep = stackel("sweep", "run", "two.yaml");
        assertThat(sweep.out()).contains("complete 2");
        Path sweepPage = home.resolve(typed(sweep.hint("report")).out().strip());
        assertThat(Files.readString(sweepPage)).contains("reward-design");

        Ended first = stackel("run", shipped("experiments/four-rooms.yaml"), "--set", "stop.iterations=3");
        assertThat(first.err()).contains("engine: local");
        assertThat(home.resolve("runs")).isDirectoryContaining("glob:**/four-rooms-*");
        isAClusterWithTheSameBits("mine/reward-design.yaml");

        assertThat(said(asAnother(command("find", release, "-writable")))).isEmpty();
        assumeTrue(python.isPresent(), "walked, but for pandas: python3 cannot have pandas, pyarrow and matplotlib");
    }

    private static void isAClusterWithTheSameBits(String configuration) throws IOException, InterruptedException {
        Path cluster = release.resolve("deploy/standalone/cluster");
        Path stackel = release.resolve("bin/stackel");
        String ports = "WORKERS=1 MASTER_PORT=" + StandaloneServers.freePort() + " MASTER_PAGE="
                + StandaloneServers.freePort() + " ";
        try {
            String master = typed(ports + cluster + " start").out().strip();
            assertThat(master).matches("spark://127\\.0\\.0\\.1:[0-9]+");
            Path settings = release.resolve("deploy/standalone/spark.conf");
            String run = " run " + configuration + " --set stop.iterations=5 --out runs/";
            typed(stackel + run + "here");
            Ended there = typed(stackel + " --properties-file " + settings + run + "there --master " + master);
            assertThat(there.err()).contains("engine: spark, master " + master);
            assertThat(stateHash("runs/there")).isEqualTo(stateHash("runs/here"));
        } finally {
            typed(cluster + " stop");
        }
        assertThat(ended(home, asAnother(command(cluster, "status"))).code()).isEqualTo(1);
    }

    @Test
    void executorsOfThisMachineWorkBesideAReadOnlyRelease() throws IOException, InterruptedException {
        Path experiment = shipped("experiments/four-rooms.yaml");

        stackel("run", experiment, "--set", "stop.iterations=3", "--out", "runs/threads");
        stackel(
                "--conf",
                "spark.executor.memory=512m",
                "run",
                experiment,
                "--set",
                "stop.iterations=3",
                "--out",
                "runs/executors",
                "--master",
                EXECUTORS);

        assertThat(stateHash("runs/executors")).isEqualTo(stateHash("runs/threads"));
    }

    @Test
    void aReadOnlyFolderIsNoPlaceForARun() throws IOException, InterruptedException {
        Ended run = ended(
                release,
                asAnother(command(release.resolve("bin/stackel"), "run", shipped("experiments/four-rooms.yaml"))));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(release.resolve("runs").toString()).contains("give another place");
    }

    @Test
    void theOneWithoutSparkTakesThatOfSparkHome() throws IOException, InterruptedException {
        Path without = folder.resolve("stackel-" + VERSION + "-without-spark/bin/stackel");

        assertThat(said(command("env", "SPARK_HOME=" + release.resolve("lib"), without, "--version")))
                .startsWith("stackel " + VERSION + "+");
        assertThat(done(command("sh", "-c", without + " --version; test $? = 2"))
                        .err())
                .isEqualTo(
                        "stackel: this release has no Spark of its own; set SPARK_HOME to a distribution of Spark 4.1\n");
    }
}
