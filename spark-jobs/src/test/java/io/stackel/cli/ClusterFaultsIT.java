package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.cli.StandaloneServers.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run has one pair of hashes on a real cluster too: in client and in cluster mode, when executors are killed, when every
 * slow task gets a second copy, when the driver is killed and submitted again; on a disk, on HDFS and on S3.
 */
class ClusterFaultsIT {

    @RegisterExtension
    static final StandaloneServers SERVERS = new StandaloneServers("s3", "hdfs", "cluster");

    @TempDir
    static Path folder;

    private static List<String> run;
    private static String expected;

    @TempDir
    private Path events;

    @BeforeAll
    static void runWithoutACluster() {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        run = List.of(tiny.toString(), "--partitions", "5", "--set", "upper.units=400", "--set", "checkpoint.every=2");
        expected = here("local", "--engine", "local", "--threads", "1");
        assertThat(here("spark", "--master", "local[2]")).isEqualTo(expected);
    }

    private static String here(String out, String... engine) {
        Stream<String> place = Stream.of("--out", folder.resolve(out).toString(), "--json");
        Invocation done = Invocation.of(Stream.of(Stream.of("run"), run.stream(), place, Stream.of(engine))
                .flatMap(part -> part)
                .toArray());
        assertThat(done.code()).as(done.err()).isZero();
        return done.hashes();
    }

    private static SubmittedRun start(URI out, List<String> conf) throws IOException {
        return SubmittedRun.start(SERVERS, out, conf, run);
    }

    @Test
    void onADiskInClientModeWithExecutorsKilled() throws IOException, InterruptedException {
        Random random = Campaign.random();
        Campaign.strike("executor killed, same hashes", Campaign.rounds(1, 10), (round, tally) -> {
            EventLog log = new EventLog(Files.createDirectories(events.resolve("kill" + round)));
            try (SubmittedRun submitted = start(SERVERS.freshPlace(Store.FILE), log.settings())) {
                submitted.awaitCommits(2 + random.nextInt(3));
                List<ProcessHandle> executors = SERVERS.executors();
                assertThat(executors.get(random.nextInt(executors.size())).destroyForcibly())
                        .isTrue();

                int code = submitted.exitCode();

                assertThat(log.executorsLost()).as(submitted.err()).isPositive();
                tally.reached();
                tally.detail(log.attemptsLost() + " tasks lost");
                assertThat(code).as(submitted.err()).isZero();
                assertThat(submitted.hashes()).isEqualTo(expected);
            }
        });
    }

    @Test
    void onHdfsWithTheDriverKilledAndSubmittedAgainInClusterMode() throws IOException, InterruptedException {
        URI out = SERVERS.freshPlace(Store.HDFS);
        try (SubmittedRun killed = start(out, List.of())) {
            killed.awaitCommits(2);
            killed.kill();
            assertThat(killed.status()).isEmpty();
        }
        try (SubmittedRun again = start(out, List.of(SubmittedRun.CLUSTER_MODE))) {
            again.awaitEnd();

            assertThat(again.status()).contains(0);
            assertThat(again.hashes()).isEqualTo(expected);
        }
    }

    @Test
    void onS3InClusterModeWithSecondCopiesOfTasks() throws IOException, InterruptedException {
        EventLog log = new EventLog(Files.createDirectories(events.resolve("log")));
        List<String> conf = Stream.of(List.of(SubmittedRun.CLUSTER_MODE), SubmittedRun.SPECULATION, log.settings())
                .flatMap(List::stream)
                .toList();
        try (SubmittedRun submitted = start(SERVERS.freshPlace(Store.S3), conf)) {
            submitted.awaitEnd();

            assertThat(submitted.exitCode()).isZero();
            assertThat(submitted.status()).contains(0);
            assertThat(submitted.hashes()).isEqualTo(expected);
            assertThat(log.speculativeAttempts()).isPositive();
        }
    }
}
