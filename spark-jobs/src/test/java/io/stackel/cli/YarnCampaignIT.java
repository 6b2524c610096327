package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.cli.StandaloneServers.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults of YARN: processes and nodes that are killed, applications that are ended, drivers that YARN starts twice. Runs end
 * with the hashes of the local engine.
 */
class YarnCampaignIT {

    @RegisterExtension
    static final YarnServers SERVERS = new YarnServers("hdfs", "s3", "yarn");

    private static final int ROUNDS = Campaign.rounds(1, 3);
    private static final int WHOLE = 200;

    /** So long that the first driver still works when YARN gives its node up, after 30 s, and starts another one. */
    private static final int LONG = 1000;

    @TempDir
    static Path folder;

    private static Path tiny;

    @TempDir
    private Path events;

    private final Random random = Campaign.random();

    @BeforeAll
    static void writeTheConfiguration() {
        tiny = Invocation.configuration("tiny.yaml", folder);
    }

    private static List<String> run(int iterations, int commitsEvery) {
        return List.of(
                tiny.toString(),
                "--set",
                "stop.iterations=" + iterations,
                "--set",
                "checkpoint.every=" + commitsEvery,
                "--set",
                "evaluation.every=50");
    }

    private static String hashesHere(List<String> run) throws IOException {
        Stream<String> place =
                Stream.of("--out", Files.createTempDirectory(folder, "here") + "/run", "--engine", "local");
        Invocation done = Invocation.of(Stream.of(Stream.of("run", "--json"), run.stream(), place)
                .flatMap(part -> part)
                .toArray());
        assertThat(done.code()).as(done.err()).isZero();
        return done.hashes();
    }

    private SubmittedRun inTheCluster(Store store, List<String> run, List<String> more) throws IOException {
        List<String> conf = new ArrayList<>(more);
        conf.add(SubmittedRun.CLUSTER_MODE);
        return SubmittedRun.start(SERVERS, SERVERS.freshPlace(store), conf, run);
    }

    private EventLog log(String name) throws IOException {
        return new EventLog(Files.createDirectories(events.resolve(name)));
    }

    private static ProcessHandle driver() {
        assertThat(SERVERS.drivers()).hasSize(1);
        return SERVERS.drivers().get(0);
    }

    private static void assertEndsWith(String expected, SubmittedRun submitted) throws InterruptedException {
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        assertThat(submitted.status()).contains(0);
        assertThat(submitted.hashes()).isEqualTo(expected);
    }

    @Test
    void anApplicationMasterThatIsKilledIsStartedAgainAndGoesOn() throws IOException, InterruptedException {
        List<String> run = run(WHOLE, 5);
        String expected = hashesHere(run);
        Campaign.strike("YARN, application master killed, same hashes", ROUNDS, (round, tally) -> {
            try (SubmittedRun submitted = inTheCluster(round == 0 ? Store.S3 : Store.HDFS, run, List.of())) {
                submitted.awaitCommits(2 + random.nextInt(6));
                assertThat(driver().destroyForcibly()).isTrue();

                submitted.await("second driver", () -> submitted.drivers() == 2);
                tally.reached();
                assertEndsWith(expected, submitted);
                assertThat(submitted.drivers()).isEqualTo(2);
            }
        });
    }

    @Test
    void aContainerOfAnExecutorThatIsKilledIsReplaced() throws IOException, InterruptedException {
        List<String> run = run(WHOLE, 5);
        String expected = hashesHere(run);
        Campaign.strike("YARN, executor's container killed, same hashes", ROUNDS, (round, tally) -> {
            EventLog log = log("container" + round);
            try (SubmittedRun submitted = inTheCluster(Store.HDFS, run, log.settings())) {
                submitted.awaitCommits(2 + random.nextInt(6));
                submitted.await("executors", () -> !SERVERS.executors().isEmpty());
                assertThat(SERVERS.executors().get(0).destroyForcibly()).isTrue();

                assertEndsWith(expected, submitted);
                assertThat(log.executorsLost()).isPositive();
                tally.reached();
                tally.detail(log.executorsAdded() + " executors, " + log.attemptsLost() + " tasks lost");
                assertThat(log.executorsAdded()).isGreaterThan(2);
                assertThat(submitted.drivers()).isEqualTo(1);
            }
        });
    }

    /** YARN starts a second driver while the first, whose node it has given up, still works: the claim of the run decides. */
    @Test
    void aDriverWhoseNodeIsLostLeavesTheRunToTheSecond() throws IOException, InterruptedException {
        List<String> run = run(LONG, 20);
        String expected = hashesHere(run);
        Campaign.strike("YARN, node of the driver lost, one owner, same hashes", ROUNDS, (round, tally) -> {
            try (SubmittedRun submitted = inTheCluster(Store.HDFS, run, List.of())) {
                submitted.awaitCommits(2 + random.nextInt(3));
                ProcessHandle first = driver();
                assertThat(SERVERS.nodeOf(first).destroyForcibly()).isTrue();

                submitted.await("second driver", () -> submitted.drivers() == 2);
                assertThat(first.isAlive()).isTrue();
                tally.reached();
                long claimed = System.nanoTime();
                submitted.await("end of the first driver", () -> !first.isAlive());
                String told = SERVERS.driverLogs().get(0).text();
                // Its next commit meets the claim of the second driver, or its next heartbeat the word of YARN.
                assertThat(told).containsAnyOf("this driver (1) does not own the run", "interrupted");
                assertThat(told).doesNotContain("your own code failed");
                tally.detail((told.contains("does not own") ? "fenced " : "interrupted ")
                        + (System.nanoTime() - claimed) / 1_000_000 + " ms after the claim");
                assertEndsWith(expected, submitted);
            } finally {
                SERVERS.restartYarn();
            }
        });
    }

    /** No commit is due before the end, so that a state later than the start is the one of SIGTERM. */
    @Test
    void anApplicationThatIsEndedByYarnHasCommittedItsLastState() throws IOException, InterruptedException {
        List<String> run = run(WHOLE, 100_000);
        String expected = hashesHere(run);
        Campaign.strike("YARN, application -kill, last state committed, same hashes", ROUNDS, (round, tally) -> {
            URI out = SERVERS.freshPlace(Store.HDFS);
            try (SubmittedRun submitted = SubmittedRun.start(SERVERS, out, List.of(SubmittedRun.CLUSTER_MODE), run)) {
                submitted.awaitCommits(1);
                submitted.await(
                        "steps", () -> SERVERS.driverLogs().get(0).text().contains("\nstep "));
                ProcessHandle driver = driver();
                SERVERS.kill(SERVERS.driverLogs().get(0).application());
                tally.reached();

                assertThat(submitted.exitCode()).as(submitted.err()).isEqualTo(1);
                driver.onExit().join();
                assertThat(submitted.status()).contains(75);
                assertThat(submitted.step()).isPositive();
                tally.detail("at step " + submitted.step());
            }
            try (SubmittedRun again = SubmittedRun.start(SERVERS, out, List.of(SubmittedRun.CLUSTER_MODE), run)) {
                assertEndsWith(expected, again);
            }
        });
    }

    /** Batches of seconds, cut into more tasks than there are cores: what waits for a second makes Spark ask for more. */
    @Test
    void dynamicAllocationGrows() throws IOException, InterruptedException {
        List<String> run = List.of(
                tiny.toString(),
                "--partitions",
                "6",
                "--set",
                "stop.iterations=3",
                "--set",
                "upper.units=2000000",
                "--set",
                "sampling.unitsPerChunk=1000");
        String expected = hashesHere(run);
        Campaign.strike("YARN, dynamic allocation, same hashes", ROUNDS, (round, tally) -> {
            EventLog log = log("allocation" + round);
            List<String> conf = Stream.of(
                            List.of(
                                    "spark.dynamicAllocation.enabled=true",
                                    "spark.dynamicAllocation.shuffleTracking.enabled=true",
                                    "spark.dynamicAllocation.maxExecutors=3",
                                    "spark.executor.instances=1"),
                            log.settings())
                    .flatMap(List::stream)
                    .toList();
            try (SubmittedRun submitted = inTheCluster(Store.HDFS, run, conf)) {
                assertEndsWith(expected, submitted);
                tally.detail(log.executorsAdded() + " executors");
                assertThat(log.executorsAdded()).isGreaterThan(1);
                tally.reached();
            }
        });
    }

    /** The rows of YARN in the matrix of {@link OneHashCampaignIT}. */
    @ParameterizedTest
    @CsvSource({"client, FILE", "client, HDFS", "client, S3", "cluster, HDFS", "cluster, S3"})
    void everyModeOnEveryStoreHasTheHash(String mode, Store store) throws IOException, InterruptedException {
        List<String> run = Stream.concat(Stream.of(tiny.toString()), OneHashCampaignIT.SETTINGS.stream())
                .toList();
        String expected = hashesHere(run);
        List<String> conf = List.of("spark.submit.deployMode=" + mode);
        try (SubmittedRun submitted = SubmittedRun.start(SERVERS, SERVERS.freshPlace(store), conf, run)) {
            assertEndsWith(expected, submitted);
            Campaign.note("YARN, " + mode + " mode, " + store + ": " + OneHashCampaignIT.shown(submitted.hashes()));
        }
    }
}
