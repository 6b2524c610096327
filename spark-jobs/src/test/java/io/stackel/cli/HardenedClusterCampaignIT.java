package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.cli.StandaloneServers.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with the settings of {@code conf/spark/hardened.conf}: runs have the same hashes, and strangers stay outside. */
class HardenedClusterCampaignIT {

    private static final String SECRET = "spark.authenticate.secret";

    @RegisterExtension
    static final StandaloneServers SERVERS = new StandaloneServers(hardened(), "s3", "cluster");

    @TempDir
    Path folder;

    private static List<String> hardened() {
        try (Stream<String> lines = Files.lines(StandaloneServers.PROJECT.resolve("conf/spark/hardened.conf"))) {
            return Stream.concat(
                            lines.filter(line -> line.startsWith("spark.")),
                            Stream.of(SECRET + " 3f1c8a17a1e04f5f9d6f0e6f7b1d2c55"))
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void theHashesAreTheSameAndAStrangerIsTurnedAway() throws IOException, InterruptedException {
        Campaign.strike("hardened cluster: same hashes, a stranger is turned away", 1, (round, tally) -> {
            Path tiny = Invocation.configuration("tiny.yaml", folder);
            String expected = Invocation.of(
                            "run", tiny, "--engine", "local", "--out", folder.resolve("local"), "--json")
                    .hashes();
            URI out = SERVERS.freshPlace(Store.S3);
            try (SubmittedRun known = SubmittedRun.start(SERVERS, out, List.of(), List.of(tiny))) {
                assertThat(known.exitCode()).as(known.err()).isZero();
                assertThat(known.hashes()).isEqualTo(expected);
                assertThat(known.err()).doesNotContain("3f1c8a17a1e04f5f9d6f0e6f7b1d2c55");
            }
            tally.reached();
            try (SubmittedRun stranger = SubmittedRun.start(
                    SERVERS, SERVERS.freshPlace(Store.S3), List.of(SECRET + "=another"), List.of(tiny))) {
                assertThat(stranger.exitCode()).as(stranger.err()).isEqualTo(75);
                assertThat(stranger.err()).contains("Spark did not start");
            }
        });
    }
}
