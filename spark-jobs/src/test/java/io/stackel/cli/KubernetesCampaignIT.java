package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.cli.KubernetesServers.Pod;
import io.stackel.cli.StandaloneServers.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On Kubernetes, in cluster mode, a run keeps its hashes when pods are lost: an executor, or the driver, which is submitted again;
 * or a second driver comes while the first works. */
class KubernetesCampaignIT {

    @RegisterExtension
    static final KubernetesServers SERVERS = new KubernetesServers("s3", "hdfs", "kubernetes");

    private static final List<String> CONF = List.of(
            SubmittedRun.CLUSTER_MODE, "spark.kubernetes.container.image=stackel", "spark.executor.instances=2");
    private static final String TINY = "tiny.yaml";
    private static final int EXECUTORS = 2;
    private static final int ROUNDS = 3;
    private static final int FENCED = 5;

    /** So long that a lost executor is replaced long before the end. */
    private static final List<String> LONGER = List.of("--set", "stop.iterations=150", "--set", "checkpoint.every=5");

    @TempDir
    static Path folder;

    private static String shared;
    private static String expected;

    @BeforeAll
    static void runUndisturbedAndPutTheConfigurationOnHdfs() throws IOException {
        Path local = Invocation.configuration(TINY, folder);
        expected = here(LONGER);
        shared = SERVERS.hdfs() + "/" + TINY;
        try (FileSystem hdfs = FileSystem.newInstance(URI.create(shared), SERVERS.hadoop())) {
            hdfs.copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(shared));
        }
    }

    private static String here(List<String> settings) {
        Stream<Object> run = Stream.of(
                "run",
                folder.resolve(TINY),
                "--engine",
                "local",
                "--out",
                folder.resolve("run" + settings.size()),
                "--json");
        return Invocation.of(Stream.concat(run, settings.stream()).toArray()).hashes();
    }

    private static SubmittedRun start(URI out, List<String> settings) throws IOException {
        return SubmittedRun.start(
                SERVERS,
                out,
                CONF,
                Stream.concat(Stream.of(shared), settings.stream()).toList());
    }

    /** A row of the matrix that {@link OneHashCampaignIT} writes, with its run. */
    @ParameterizedTest
    @EnumSource(names = {"HDFS", "S3"})
    void runOfTheMatrixOnEachStore(Store store) throws IOException, InterruptedException {
        try (SubmittedRun run = start(SERVERS.freshPlace(store), OneHashCampaignIT.SETTINGS)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.status()).contains(0);
            String hashes = run.hashes();
            Campaign.note("Kubernetes, cluster mode, " + store + ": " + OneHashCampaignIT.shown(hashes));
            assertThat(hashes).isEqualTo(here(OneHashCampaignIT.SETTINGS));
        }
    }

    @Test
    void killedDriverPodThatIsSubmittedAgain() throws IOException, InterruptedException {
        Random random = Campaign.random();
        Campaign.strike("Kubernetes, driver pod killed and submitted again, same hashes", ROUNDS, (round, tally) -> {
            URI out = SERVERS.freshPlace(Store.HDFS);
            try (SubmittedRun killed = start(out, LONGER)) {
                killed.awaitCommits(2 + random.nextInt(10));
                assertThat(SERVERS.drivers()).hasSize(1);
                assertThat(SERVERS.drivers().get(0).destroyForcibly()).isTrue();

                assertThat(killed.exitCode()).as("spark-submit").isZero();
                assertThat(killed.status()).as("exit code of the run").isEmpty();
                tally.reached();
            }
            try (SubmittedRun again = start(out, LONGER)) {
                assertThat(again.exitCode()).as(again.err()).isZero();
                assertThat(again.status()).contains(0);
                assertThat(again.hashes()).isEqualTo(expected);
                assertThat(again.drivers()).isEqualTo(2);
                tally.detail(resumedAt(out));
            }
        });
    }

    /** As after a lost node, whose pods may still work. */
    @Test
    void secondDriverPodWhileTheFirstWorks() throws IOException, InterruptedException {
        Random random = Campaign.random();
        Campaign.strike("Kubernetes, two driver pods at once, one owner, same hashes", ROUNDS, (round, tally) -> {
            URI out = SERVERS.freshPlace(Store.HDFS);
            try (SubmittedRun first = start(out, LONGER)) {
                first.awaitCommits(2 + random.nextInt(5));
                Pod fenced = drivers(out).findAny().orElseThrow();
                try (SubmittedRun second = start(out, LONGER)) {
                    first.exitCode();
                    second.awaitEnd();

                    assertThat(fenced.exitCode()).as(fenced.err()).contains(FENCED);
                    tally.reached();
                    assertThat(second.exitCode()).as(second.err()).isZero();
                    assertThat(second.status()).contains(0);
                    assertThat(second.hashes()).isEqualTo(expected);
                    assertThat(second.drivers()).isEqualTo(2);
                }
            }
        });
    }

    /** The driver pods of a run, whether they work or have ended. */
    private static Stream<Pod> drivers(URI out) {
        return SERVERS.pods().stream()
                .filter(pod -> pod.role().equals("driver"))
                .filter(pod -> pod.container().path("args").toString().contains('"' + out.toString() + '"'));
    }

    /** What the second driver of a run told: where it went on. */
    private static String resumedAt(URI out) {
        return drivers(out)
                .flatMap(pod -> pod.err().lines())
                .filter(line -> line.startsWith("RESUME step="))
                .findAny()
                .orElseThrow();
    }

    @Test
    void killedExecutorPod() throws IOException, InterruptedException {
        Random random = Campaign.random();
        Campaign.strike("Kubernetes, executor pod killed and replaced, same hashes", ROUNDS, (round, tally) -> {
            long before = executors();
            URI out = SERVERS.freshPlace(Store.HDFS);
            try (SubmittedRun submitted = start(out, LONGER)) {
                submitted.awaitCommits(2 + random.nextInt(5));
                List<ProcessHandle> executors = SERVERS.executors();
                assertThat(executors).hasSize(EXECUTORS);
                assertThat(executors.get(random.nextInt(EXECUTORS)).destroyForcibly())
                        .isTrue();

                assertThat(submitted.exitCode()).as(submitted.err()).isZero();

                assertThat(executors() - before).as("a pod in its place").isEqualTo(EXECUTORS + 1L);
                tally.reached();
                assertThat(submitted.status()).contains(0);
                assertThat(submitted.hashes()).isEqualTo(expected);
                assertThat(submitted.drivers()).isEqualTo(1);
            }
        });
    }

    private static long executors() {
        return SERVERS.pods().stream()
                .map(Pod::role)
                .filter(role -> role.equals("executor"))
                .count();
    }
}
