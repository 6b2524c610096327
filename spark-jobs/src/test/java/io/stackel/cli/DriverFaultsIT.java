package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that are killed, told to end, or stopped while another takes over, at random moments. */
class DriverFaultsIT {

    private static final int KILLED = 128 + 9;
    private static final List<String> MANY_STEPS = List.of(
            "--set", "stop.iterations=1000", "--set", "checkpoint.every=5", "--set", "evaluation.every=20", "--json");
    private static final int MOST_COMMITS = 6;
    private static final int MOST_MILLIS = 150;

    @TempDir
    Path folder;

    private final Random random = Campaign.random();
    private Path tiny;
    private String expected;

    @BeforeEach
    void runOnceUndisturbed() {
        tiny = Invocation.configuration("tiny.yaml", folder);
        expected = Invocation.of(arguments("whole", "--engine", "local")).hashes();
    }

    private Object[] arguments(String out, String... engine) {
        List<Object> arguments = new ArrayList<>(List.of("run", tiny, "--out", folder.resolve(out)));
        arguments.addAll(MANY_STEPS);
        arguments.addAll(List.of(engine));
        return arguments.toArray();
    }

    /** Starts a driver and lets it work for a while that chance decides. */
    private CommandProcess startAndAwaitAMoment(String out, String... engine) throws IOException, InterruptedException {
        Path commits = Files.createDirectories(folder.resolve(out + "/commits"));
        CommandProcess process = CommandProcess.start(folder, List.of(), arguments(out, engine));
        process.awaitFiles(commits, 1 + random.nextInt(MOST_COMMITS));
        process.work(random.nextInt(MOST_MILLIS));
        return process;
    }

    private String[] engine() {
        return random.nextInt(4) == 0 ? new String[] {"--threads", "2"} : new String[] {"--engine", "local"};
    }

    private void assertEndsAsIfUndisturbed(String out) {
        Invocation end = Invocation.of(arguments(out, "--engine", "local"));
        assertThat(end.code()).as(end.err()).isZero();
        assertThat(end.hashes()).isEqualTo(expected);
        assertThat(Invocation.of("verify", folder.resolve(out)).code()).isZero();
    }

    private long commits(String out) {
        String[] names = folder.resolve(out + "/commits").toFile().list((place, name) -> !name.startsWith("."));
        return names == null ? 0 : names.length;
    }

    @Test
    void driversThatAreKilledLoseAtMostWhatIsNotCommitted() throws IOException, InterruptedException {
        Campaign.strike("driver killed, nothing committed is lost", Campaign.rounds(3, 20), (round, tally) -> {
            try (CommandProcess process = startAndAwaitAMoment("killed", engine())) {
                long before = commits("killed");
                assertThat(process.kill()).as(process.err()).isEqualTo(KILLED);
                tally.reached();
                assertThat(process.err()).contains(round == 0 ? "FRESH START" : "RESUME step=");
                assertThat(commits("killed")).isGreaterThanOrEqualTo(before);
            }
        });
        Campaign.strike("a run whose drivers were all killed ends with the same hashes", 1, (round, tally) -> {
            tally.reached();
            assertEndsAsIfUndisturbed("killed");
        });
    }

    @Test
    void driversThatAreToldToEndCommitInTimeAndGoOn() throws IOException, InterruptedException {
        Campaign.strike("SIGTERM: exit 75 within 8 s", Campaign.rounds(2, 10), (round, tally) -> {
            try (CommandProcess process = startAndAwaitAMoment("ended", engine())) {
                int code = process.terminate(8);
                tally.reached();
                assertThat(code).as(process.err()).isEqualTo(75);
                assertThat(process.err()).contains("stopped at step");
            }
            JsonNode status =
                    Invocation.of("status", folder.resolve("ended"), "--json").json();
            assertThat(status.path("state").textValue()).isEqualTo("stopped");
            assertThat(status.path("retryable").booleanValue()).isTrue();
        });
        Campaign.strike("a run whose drivers were all told to end has the same hashes", 1, (round, tally) -> {
            tally.reached();
            assertEndsAsIfUndisturbed("ended");
        });
    }

    @Test
    void aDriverThatSleepsWhileAnotherTakesOverIsFenced() throws IOException, InterruptedException {
        String promise = "driver stopped, run taken over, driver continued: exit 5";
        Campaign.strike(promise, Campaign.rounds(1, 10), (round, tally) -> {
            String out = "taken" + round;
            try (CommandProcess old = startAndAwaitAMoment(out, "--engine", "local")) {
                old.signal("STOP");
                Invocation young = Invocation.of(arguments(out, "--engine", "local"));
                assertThat(young.err()).contains("as driver 2");
                tally.reached();
                assertThat(young.code()).as(young.err()).isZero();
                old.signal("CONT");

                assertThat(old.await()).as(old.err()).isEqualTo(5);
                assertThat(old.err()).contains("driver 2 has claimed it");
            }
            assertThat(Invocation.of("status", folder.resolve(out), "--json").hashes())
                    .isEqualTo(expected);
            assertThat(Invocation.of("verify", folder.resolve(out)).code()).isZero();
        });
    }
}
