package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stackel.algorithm.Outcome;
import io.stackel.experiment.RunIdentity;
import io.stackel.math.Sha256;
import io.stackel.run.ExitCode;
import io.stackel.run.RunEnd;
import io.stackel.store.Checkpoint;
import io.stackel.store.ClaimRequest;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunHeader;
import io.stackel.store.RunStore;
import io.stackel.store.RunTraces;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialKeepingTest {

    /** The process ends here: nothing after it happens. */
    private static final class Lost extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final String IDENTITY = Sha256.of("one");
    private static final Trial TRIAL = new Trial("one-" + IDENTITY.substring(0, 12), IDENTITY, 0, Map.of(), "{}");
    private static final RunEnd WELL = RunEnd.complete(0);

    @TempDir
    Path folder;

    private SweepDirectory sweep;
    private Storage run;
    private int started;

    @BeforeEach
    void open() {
        sweep = new SweepDirectory(Stores.openForReading(folder.toUri(), TrialKeepingTest::noHadoop));
        run = Stores.open(sweep.trial(TRIAL), TrialKeepingTest::noHadoop, false);
    }

    private TrialKeeping keeping() {
        return new TrialKeeping(TRIAL, sweep, run);
    }

    private static Configuration noHadoop() {
        throw new AssertionError("a local sweep must not ask for Hadoop");
    }

    private void lose() {
        assertThatThrownBy(() -> keeping().keepInTask(UUID.randomUUID().toString(), () -> {
                    started++;
                    throw new Lost();
                }))
                .isInstanceOf(Lost.class);
    }

    private RunEnd task(RunEnd end) {
        return keeping().keepInTask(UUID.randomUUID().toString(), () -> {
            started++;
            return end;
        });
    }

    private OwnedRun claim() {
        return RunStore.open(run, new RunHeader(RunIdentity.recorded("{\"seed\":0}"), 1))
                .claim(new ClaimRequest("host", "1", Takeover.ALWAYS, 3, UUID::randomUUID, notice -> {}));
    }

    private void commit(OwnedRun owned) {
        owned.commit(new Checkpoint(
                "state".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[0],
                Outcome.RUNNING,
                JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void aTrialThatEndsItsProcessEachTimeIsFailedAndNotStartedAgain() {
        for (int i = 0; i < TrialAttempt.BESIDE_OTHERS + TrialAttempt.ALONE; i++) {
            lose();
        }
        assertThat(started).isEqualTo(4);

        RunEnd end = task(WELL);

        assertThat(started).isEqualTo(4);
        assertThat(end.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(end.reason()).startsWith("its process ended 4 times before the trial did");
        assertThat(sweep.failure(TRIAL, notice -> {}).orElseThrow().reason()).isEqualTo(end.reason());
        assertThat(task(WELL)).as("retried after it was mended").isEqualTo(WELL);
        assertThat(started).isEqualTo(5);
        assertThat(sweep.failures()).isEmpty();
        assertThat(sweep.attempt(TRIAL)).isEmpty();
    }

    @Test
    void aTrialThatMakesCommitsBetweenItsLossesIsNeverBlamed() {
        for (int i = 0; i < 10; i++) {
            lose();
            commit(claim());
        }

        assertThat(task(WELL)).isEqualTo(WELL);
        assertThat(started).isEqualTo(11);
    }

    @Test
    void aTrialLostBesideOthersWaitsUntilItHasTheProcessForItselfAndIsNotBlamed() throws InterruptedException {
        for (int i = 0; i < TrialAttempt.BESIDE_OTHERS; i++) {
            lose();
        }
        String identity = Sha256.of("other");
        Trial other = new Trial("one-" + identity.substring(0, 12), identity, 0, Map.of(), "{}");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        Thread neighbour = new Thread(() -> new TrialKeeping(other, sweep, run).keepInTask("other", () -> {
            running.countDown();
            await(end);
            order.add("neighbour ended");
            return WELL;
        }));
        neighbour.start();
        running.await();
        Thread suspect = new Thread(() -> keeping().keepInTask("suspect", () -> {
            order.add("suspect began");
            return WELL;
        }));
        suspect.start();
        // Lost now, while it waits, it has not been alone: the task before it is what is found.
        while (suspect.getState() == Thread.State.NEW || suspect.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertThat(sweep.attempt(TRIAL).orElseThrow().alone()).isFalse();
        end.countDown();
        suspect.join();
        neighbour.join();

        assertThat(order).containsExactly("neighbour ended", "suspect began");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void aFailureIsPastWhenTheRunIsClaimedOrHasACommitSince() {
        OwnedRun owned = claim();
        commit(owned);
        keeping().keep(() -> RunEnd.failed(ExitCode.DATA, "broken", 1));
        assertThat(failure()).isPresent();
        commit(owned);
        assertThat(failure()).as("a commit of the same driver").isEmpty();

        keeping().keep(() -> {
            commit(owned);
            return RunEnd.failed(ExitCode.DATA, "after a commit of its own", 1);
        });
        assertThat(failure()).isPresent();
        claim();
        assertThat(failure()).as("a claim").isEmpty();

        keeping().keep(() -> RunEnd.failed(ExitCode.USAGE, "before it claimed", 0));
        assertThat(failure()).isPresent();
        keeping().keep(() -> {
            commit(claim());
            return RunEnd.failed(ExitCode.FENCED, "taken over", 2);
        });
        assertThat(failure()).as("of the driver that was taken over").isEmpty();
    }

    private Optional<TrialFailure> failure() {
        return sweep.failure(TRIAL, notice -> {}).filter(failure -> !failure.isPast(RunTraces.of(run)));
    }

    @Test
    void whatCannotBeRecordedIsStillTheResult() throws IOException {
        Files.writeString(folder.resolve("failures"), "a file where a folder should be");

        RunEnd end = keeping().keep(() -> RunEnd.failed(ExitCode.DATA, "broken", 1));

        assertThat(end.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(end.reason()).startsWith("broken; this could not be recorded: cannot write the ");
        assertThat(catchThrowableOfType(StorageException.class, () -> sweep.failures()))
                .isNotNull();
    }
}
