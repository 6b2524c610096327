package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.HdfsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunCommandIT {

    private static final Path ORACLE =
            Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");

    private static final String GAME = """
            format: 1
            name: game
            problem: {file: game.json}
            policy: {name: tabular-softmax}
            algorithm: {name: pbrl, penaltyWeight: 5}
            upper: {optimizer: adam, stepSize: 0.05, units: 24}
            lower: {solver: sampled, innerSteps: 2, units: 16}
            sampling: {horizon: 25, unitsPerChunk: 4}
            stop: {iterations: 6}
            """;

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @TempDir
    Path folder;

    @Test
    void contextsAndAPlanningFollowerHaveTheSameBitsOnBothEngines() {
        Path rooms = Invocation.configuration("tiny-rooms.yaml", folder);

        Invocation local = Invocation.of("run", rooms, "--engine", "local", "--json", "--out", folder.resolve("local"));
        Invocation spark = Invocation.of(
                "run",
                rooms,
                "--engine",
                "spark",
                "--threads",
                2,
                "--partitions",
                3,
                "--json",
                "--out",
                folder.resolve("spark"));

        assertThat(spark.code()).as(spark.err()).isZero();
        assertThat(spark.hashes()).isEqualTo(local.hashes()).doesNotContain("null");
    }

    @Test
    void mistakeOfAUsersProblemInATaskIsNamedByItsLine() throws IOException {
        Path walk = Files.writeString(folder.resolve("walk.yaml"), UserProblem.CONFIGURATION);

        Invocation broken = UserProblem.found(
                folder,
                () -> Invocation.of("run", walk, "--engine", "spark", "--threads", 2, "--out", folder.resolve("run")));

        assertThat(broken.code()).as(broken.err()).isEqualTo(3);
        assertThat(broken.err()).contains("at org.example.FaultyWalk$Walk.divide(FaultyWalk.java:");
    }

    @Test
    void ruleThatAUsersProblemBreaksInATaskIsNamed() throws IOException {
        Path walk = Files.writeString(folder.resolve("walk.yaml"), UserProblem.CONFIGURATION);

        Invocation broken = UserProblem.found(
                folder,
                () -> Invocation.of(
                        "run",
                        walk,
                        "--set",
                        "problem.mistake=index",
                        "--engine",
                        "spark",
                        "--threads",
                        2,
                        "--out",
                        folder.resolve("run")));

        assertThat(broken.code()).as(broken.err()).isEqualTo(3);
        assertThat(broken.err())
                .contains("Step.lowerRewardGradient() must have indices in [0, upperSize()) = [0, 2), but has ");
    }

    /** The problem file travels to the tasks with its content; where it lies is no part of the identity. */
    @Test
    void configurationAndProblemFileAreReadFromHdfs() throws IOException {
        byte[] problem = Files.readAllBytes(ORACLE.resolve("stackelberg.json"));
        Files.write(folder.resolve("game.json"), problem);
        Path game = Files.writeString(folder.resolve("game.yaml"), GAME);
        URI root = HDFS.freshRoot();
        write(URI.create(root + "/game.json"), problem);
        write(URI.create(root + "/game.yaml"), GAME.getBytes(StandardCharsets.UTF_8));

        Invocation local = Invocation.of("run", game, "--engine", "local", "--json", "--out", folder.resolve("local"));
        Invocation remote = Invocation.of(
                "run", root + "/game.yaml", "--engine", "spark", "--threads", 2, "--json", "--out", root + "/run");

        assertThat(remote.code()).as(remote.err()).isZero();
        assertThat(remote.json().path("identity")).isEqualTo(local.json().path("identity"));
        assertThat(remote.hashes()).isEqualTo(local.hashes()).doesNotContain("null");
        assertThat(Invocation.of("export", root + "/run").json().path("leaderPolicy"))
                .isNotEmpty();
        Invocation missing = Invocation.of("run", root + "/none.yaml");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no such file");
    }

    private static void write(URI file, byte[] content) throws IOException {
        try (OutputStream stream =
                FileSystem.get(file, HDFS.configuration()).create(new org.apache.hadoop.fs.Path(file))) {
            stream.write(content);
        }
    }
}
