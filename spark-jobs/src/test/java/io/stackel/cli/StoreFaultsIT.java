package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.run.SystemSettings;
import io.stackel.store.FaultyWire;
import io.stackel.store.FaultyWire.Fault;
import io.stackel.store.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs to an S3 server over a wire that breaks: the run ends with the hashes of one that nothing disturbed. */
class StoreFaultsIT {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    private static final long OUTAGE_MILLIS = 3_000;
    private static final long FOREVER_MILLIS = 3_600_000;
    private static final int MOST_DRIVERS = 20;

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    @TempDir
    Path folder;

    private final Random random = Campaign.random();
    private Path tiny;
    private String expected;

    @BeforeEach
    void runOnADisk() {
        tiny = Invocation.configuration("tiny.yaml", folder);
        expected = run(folder.resolve("undisturbed").toUri()).hashes();
    }

    private Invocation run(URI out) {
        return Invocation.of("run", tiny, "--engine", "local", "--set", "checkpoint.every=2", "--out", out, "--json");
    }

    /** The client of a wire that tries again as often as it does by default, or only once. */
    private void connect(URI endpoint, boolean patient) {
        Configuration configuration = S3.configuration(endpoint);
        configuration.set("fs.s3a.attempts.maximum", patient ? "5" : "1");
        configuration.set("fs.s3a.retry.limit", patient ? "7" : "1");
        settings.store(configuration);
    }

    private void assertWholeAndUndisturbed(URI out) {
        settings.store(S3.configuration());
        Invocation status = Invocation.of("status", out, "--json");
        assertThat(status.json().path("state").textValue()).isEqualTo("complete");
        assertThat(status.hashes()).isEqualTo(expected);
        assertThat(Invocation.of("verify", out).code()).isZero();
    }

    @Test
    void connectionsThatAreResetLoseNothing() throws IOException, InterruptedException {
        String promise = "S3 over a wire that resets connections, same hashes";
        Campaign.strike(promise, Campaign.rounds(1, 10), (round, tally) -> {
            URI out = S3.freshRoot();
            try (FaultyWire wire = new FaultyWire(S3.endpoint(), OUTAGE_MILLIS, piece -> oneInFour())) {
                connect(wire.endpoint(), true);
                drivers(out);
                assertThat(wire.resets()).isGreaterThan(10);
                tally.reached();
                tally.detail(wire.resets() + " resets");
            }
            assertWholeAndUndisturbed(out);
        });
    }

    /** Repeats the command while that may help; how many drivers it took. */
    private int drivers(URI out) {
        int drivers = 1;
        Invocation last = run(out);
        while (last.code() == 75 && drivers < MOST_DRIVERS) {
            drivers++;
            last = run(out);
        }
        assertThat(last.code()).as(last.err()).isZero();
        return drivers;
    }

    private synchronized Fault oneInFour() {
        if (random.nextInt(4) > 0) {
            return Fault.NONE;
        }
        return random.nextBoolean() ? Fault.RESET_BEFORE : Fault.RESET_AFTER;
    }

    /** Some requests are repeated for longer than the outage lasts, some are not; then the next driver goes on. */
    @Test
    void anOutageInTheMiddleLosesNothing() throws IOException, InterruptedException {
        String promise = "S3 away for " + OUTAGE_MILLIS + " ms in the middle of a run, same hashes";
        Campaign.strike(promise, Campaign.rounds(1, 5), (round, tally) -> {
            URI out = S3.freshRoot();
            int moment = 30 + random.nextInt(60);
            try (FaultyWire wire = new FaultyWire(
                    S3.endpoint(), OUTAGE_MILLIS, piece -> piece == moment ? Fault.OUTAGE : Fault.NONE)) {
                connect(wire.endpoint(), true);
                int drivers = drivers(out);
                tally.detail(drivers == 1 ? "waited for" : drivers + " drivers");
                assertThat(wire.resets()).as("connections at the outage").isPositive();
                tally.reached();
                assertThat(wire.accepted()).as("connections after it").isGreaterThan(1);
            }
            assertWholeAndUndisturbed(out);
        });
    }

    @Test
    void aStoreThatStaysAwayEndsTheDriverAndTheSameCommandGoesOn() throws IOException, InterruptedException {
        Campaign.strike("S3 away for good: exit 75, the same command goes on, same hashes", 1, (round, tally) -> {
            URI out = S3.freshRoot();
            try (FaultyWire wire =
                    new FaultyWire(S3.endpoint(), FOREVER_MILLIS, piece -> piece == 110 ? Fault.OUTAGE : Fault.NONE)) {
                connect(wire.endpoint(), false);
                Invocation impatient = run(out);

                assertThat(wire.resets()).isPositive();
                tally.reached();
                assertThat(impatient.code()).as(impatient.err()).isEqualTo(75);
            }
            settings.store(S3.configuration());
            Invocation again = run(out);

            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.err()).contains("RESUME step=");
            assertWholeAndUndisturbed(out);
        });
    }
}
