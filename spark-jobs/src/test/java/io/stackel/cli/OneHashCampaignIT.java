package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.cli.StandaloneServers.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One run in every way on every store has one pair of hashes: every cell of the matrix is a run by the launcher. The
 * matrix is written to {@code target/campaign.txt}.
 */
class OneHashCampaignIT {

    @RegisterExtension
    static final StandaloneServers SERVERS = new StandaloneServers("s3", "hdfs", "cluster");

    /** Of the run of each cell. */
    static final List<String> SETTINGS =
            List.of("--partitions", "5", "--set", "upper.units=400", "--set", "checkpoint.every=2");

    private static final int SHOWN = 12;
    private static final String REFUSED = "refused, exit 2";

    /** How a run is started, and what happens to it. */
    enum Way {
        LOCAL_ENGINE,
        LOCAL_MASTER,
        CLIENT,
        CLUSTER,
        CLIENT_EXECUTOR_KILLED,
        CLIENT_SECOND_COPIES,
        CLIENT_DRIVER_KILLED,
        CLUSTER_DRIVER_KILLED;

        boolean driverInTheCluster() {
            return this == CLUSTER || this == CLUSTER_DRIVER_KILLED;
        }

        List<String> settings(EventLog log) {
            return Stream.of(
                            driverInTheCluster() ? List.of(SubmittedRun.CLUSTER_MODE) : List.<String>of(),
                            this == CLIENT_SECOND_COPIES ? SubmittedRun.SPECULATION : List.<String>of(),
                            log.settings())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private static final Map<Way, Map<Store, String>> CELLS = new EnumMap<>(Way.class);

    @TempDir
    static Path folder;

    private static List<String> run;
    private static String expected;

    @TempDir
    private Path events;

    static Stream<Arguments> cells() {
        return Stream.of(Way.values()).flatMap(way -> Stream.of(Store.values()).map(store -> Arguments.of(way, store)));
    }

    @BeforeAll
    static void runInThisProcess() {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        run = Stream.concat(Stream.of(tiny.toString()), SETTINGS.stream()).toList();
        expected = Invocation.of(Stream.concat(
                                Stream.concat(Stream.of("run"), run.stream()),
                                Stream.of("--engine", "local", "--out", folder.resolve("run"), "--json"))
                        .toArray())
                .hashes();
    }

    @AfterAll
    static void writeTheMatrix() {
        Campaign.note("one hash (state/metrics) in every way on every store:");
        CELLS.forEach((way, cells) -> Campaign.note(Stream.concat(
                        Stream.of(way.toString()),
                        Stream.of(Store.values()).map(store -> cells.getOrDefault(store, "no hash")))
                .collect(Collectors.joining(" | "))));
        List<String> reached = CELLS.values().stream()
                .flatMap(cells -> cells.values().stream())
                .toList();
        long held = reached.stream()
                .filter(cell -> cell.equals(shown(expected)) || cell.equals(REFUSED))
                .count();
        Campaign.note("cells with the hash or the refusal: " + held + " of " + cells().count());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellHasTheHash(Way way, Store store) throws IOException, InterruptedException {
        URI out = SERVERS.freshPlace(store);
        EventLog log = new EventLog(Files.createDirectories(events.resolve("log")));

        String cell = way.driverInTheCluster() && store == Store.FILE ? refusal(out) : shown(hashes(way, out, log));

        CELLS.computeIfAbsent(way, each -> new EnumMap<>(Store.class)).put(store, cell);
        assertThat(cell).isIn(shown(expected), REFUSED);
    }

    static String shown(String hashes) {
        return Stream.of(hashes.split(" "))
                .map(hash -> hash.substring(0, SHOWN))
                .collect(Collectors.joining("/"));
    }

    /** The machines of a cluster share no disk that a driver could choose its place on. */
    private static String refusal(URI out) throws IOException, InterruptedException {
        try (SubmittedRun refused = SubmittedRun.start(SERVERS, out, List.of(SubmittedRun.CLUSTER_MODE), run)) {
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err()).contains("hdfs: or s3a:");
        }
        return REFUSED;
    }

    private String hashes(Way way, URI out, EventLog log) throws IOException, InterruptedException {
        return switch (way) {
            case LOCAL_ENGINE -> here(out, "--engine", "local", "--threads", "2");
            case LOCAL_MASTER -> here(out, "--master", "local[2]");
            case CLIENT, CLUSTER -> toTheEnd(out, way.settings(log));
            case CLIENT_EXECUTOR_KILLED -> {
                String hashes = withAnExecutorKilled(out, way.settings(log));
                assertThat(log.executorsLost()).isPositive();
                yield hashes;
            }
            case CLIENT_SECOND_COPIES -> {
                String hashes = toTheEnd(out, way.settings(log));
                assertThat(log.speculativeAttempts()).isPositive();
                yield hashes;
            }
            case CLIENT_DRIVER_KILLED, CLUSTER_DRIVER_KILLED -> {
                killTheDriver(way, out, way.settings(log));
                yield toTheEnd(out, way.settings(log));
            }
        };
    }

    private static String here(URI out, String... engine) throws IOException, InterruptedException {
        try (SubmittedRun local = SubmittedRun.startHere(
                SERVERS, out, Stream.concat(run.stream(), Stream.of(engine)).toList())) {
            assertThat(local.exitCode()).as(local.err()).isZero();
            return local.hashes();
        }
    }

    private static String toTheEnd(URI out, List<String> settings) throws IOException, InterruptedException {
        try (SubmittedRun submitted = SubmittedRun.start(SERVERS, out, settings, run)) {
            submitted.awaitEnd();
            assertThat(submitted.exitCode()).as(submitted.err()).isZero();
            assertThat(submitted.status()).contains(0);
            return submitted.hashes();
        }
    }

    private static String withAnExecutorKilled(URI out, List<String> settings)
            throws IOException, InterruptedException {
        try (SubmittedRun submitted = SubmittedRun.start(SERVERS, out, settings, run)) {
            submitted.awaitCommits(2);
            assertThat(SERVERS.executors().get(0).destroyForcibly()).isTrue();
            assertThat(submitted.exitCode()).as(submitted.err()).isZero();
            return submitted.hashes();
        }
    }

    private static void killTheDriver(Way way, URI out, List<String> settings)
            throws IOException, InterruptedException {
        try (SubmittedRun killed = SubmittedRun.start(SERVERS, out, settings, run)) {
            killed.awaitCommits(2);
            if (way.driverInTheCluster()) {
                assertThat(SERVERS.drivers()).hasSize(1);
                assertThat(SERVERS.drivers().get(0).destroyForcibly()).isTrue();
            } else {
                killed.kill();
            }
            assertThat(killed.status()).isEmpty();
        }
    }
}
