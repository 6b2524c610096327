package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.checkpoint;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.files;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.race;
import static io.stackel.store.Runs.request;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Outcome;
import io.stackel.experiment.RunIdentity;
import io.stackel.math.Sha256;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How drivers open, claim, commit, resume and are fenced, on every backend. */
interface RunStoreContract extends Backend {

    @Test
    default void aFreshRunHasNoHead() {
        Storage storage = freshStorage();
        RunStore store = RunStore.open(storage, HEADER);

        assertThat(store.reader().head()).isEmpty();
        assertThat(store.claim(request(Takeover.ALWAYS, 2)).head()).isEmpty();
        assertThat(RunReader.open(storage).header()).isEqualTo(HEADER);
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    default void aResumedDriverFindsTheLastCommit() {
        Storage storage = freshStorage();
        fiveCommits(storage);

        OwnedRun third = claim(storage);
        Head head = third.head().orElseThrow();

        assertThat(third.owner().epoch()).isEqualTo(3);
        assertThat(state(third.head())).isEqualTo("state 50");
        assertThat(head.commit().summary().path("step").asLong()).isEqualTo(50);
        assertThat(head.chain())
                .extracting(commit -> commit.id().toString())
                .containsExactly(
                        "00000001-0000000001",
                        "00000001-0000000002",
                        "00000001-0000000003",
                        "00000002-0000000004",
                        "00000002-0000000005");
        assertThat(head.notices()).isEmpty();
    }

    @Test
    default void metricsOfTheChainAreThoseOfOneUninterruptedRun() {
        Storage killed = freshStorage();
        fiveCommits(killed);
        RunReader interrupted = RunReader.open(killed);
        Storage storage = freshStorage();
        OwnedRun only = claim(storage);
        for (long step = 10; step <= 50; step += 10) {
            commit(only, step);
        }
        RunReader uninterrupted = RunReader.open(storage);

        assertThat(interrupted.metricsSha256(interrupted.head().orElseThrow()))
                .isEqualTo(uninterrupted.metricsSha256(uninterrupted.head().orElseThrow()))
                .isEqualTo(Sha256.of("{\"step\":10}\n{\"step\":20}\n{\"step\":30}\n{\"step\":40}\n{\"step\":50}\n"));
        assertThat(interrupted.metrics(interrupted.head().orElseThrow()))
                .isEqualTo(uninterrupted.metrics(uninterrupted.head().orElseThrow()));
    }

    @Test
    default void theOutcomeIsReadWithoutAClaim() {
        Storage storage = freshStorage();
        claim(storage).commit(checkpoint(10, Outcome.COMPLETE));

        RunReader reader = RunStore.open(storage, HEADER).reader();

        assertThat(reader.head().orElseThrow().commit().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(reader.owners()).hasSize(1);
    }

    @Test
    default void anotherConfigurationIsRefusedWithALineForEachKey() {
        Storage storage = freshStorage();
        RunStore.open(storage, HEADER);
        RunHeader other =
                new RunHeader(RunIdentity.recorded("{\"problem\":{\"name\":\"q\"},\"seed\":0,\"sides\":\"two\"}"), 1);

        StorageException refusal = failure(() -> RunStore.open(storage, other), Kind.REFUSED);

        assertThat(refusal.getMessage())
                .contains("problem.name: p -> q")
                .contains("sides: (absent) -> two")
                .doesNotContain("seed");
        assertThat(refusal.kind().exitCode()).isEqualTo(2);
    }

    @Test
    default void anotherNumericsVersionIsRefused() {
        Storage storage = freshStorage();
        RunStore.open(storage, HEADER);

        assertThat(failure(() -> RunStore.open(storage, new RunHeader(HEADER.identity(), 2)), Kind.REFUSED))
                .hasMessageContaining("numericsVersion 1")
                .hasMessageContaining("has 2");
    }

    @Test
    default void racingDriversGetDifferentEpochs() throws Exception {
        Storage storage = freshStorage();
        List<Callable<Integer>> drivers = new ArrayList<>();
        for (int driver = 0; driver < 8; driver++) {
            drivers.add(() -> claim(storage).owner().epoch());
        }

        assertThat(race(drivers)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    default void aDriverThatGoesOnAfterATakeoverIsFencedAndWritesNothingMore() throws IOException {
        Storage storage = freshStorage();
        OwnedRun old = claim(storage);
        commit(old, 10);
        OwnedRun young = claim(storage);
        commit(young, 20);

        StorageException fenced = failure(() -> commit(old, 20), Kind.FENCED);
        SortedMap<String, byte[]> before = files(storage);

        assertThat(fenced.kind().exitCode()).isEqualTo(5);
        assertThat(fenced).hasMessageContaining("driver 2 has claimed it");
        failure(() -> commit(old, 30), Kind.FENCED);
        failure(() -> old.report(RunState.RUNNING, 30), Kind.FENCED);
        failure(() -> old.release(RunState.FAILED, 30, "fenced", 5, false), Kind.FENCED);
        assertThat(files(storage).keySet()).isEqualTo(before.keySet());
        commit(young, 30);
        assertThat(RunReader.open(storage).head().orElseThrow().commit().id()).isEqualTo(new CommitId(2, 3));
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    default void aRunThatIsNotReleasedCanBeProtected() {
        Storage storage = freshStorage();
        OwnedRun first = claim(storage);
        commit(first, 10);
        RunStore store = RunStore.open(storage, HEADER);

        assertThat(failure(() -> store.claim(request(Takeover.RELEASED, 2)), Kind.REFUSED))
                .hasMessageContaining("driver 1")
                .hasMessageContaining("--takeover always");
        commit(first, 20);
        first.release(RunState.STOPPED, 20, "asked to", 75, true);
        OwnedRun second = store.claim(request(Takeover.RELEASED, 2));

        assertThat(state(second.head())).isEqualTo("state 20");
        failure(() -> commit(first, 30), Kind.REFUSED);
    }

    @Test
    default void ofTwoDriversThatWaitForAReleaseOneGetsTheRun() throws Exception {
        Storage storage = freshStorage();
        claim(storage).release(RunState.STOPPED, 0, "", 0, true);
        Callable<Integer> driver = () -> {
            try {
                return RunStore.open(storage, HEADER)
                        .claim(request(Takeover.RELEASED, 2))
                        .owner()
                        .epoch();
            } catch (StorageException refused) {
                return refused.kind() == Kind.REFUSED ? 0 : -1;
            }
        };

        assertThat(race(List.of(driver, driver))).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    default void statusIsTheNewestDriversWord() throws IOException {
        Storage storage = freshStorage();
        OwnedRun first = claim(storage);
        assertThat(RunReader.open(storage).snapshot().word()).isEmpty();
        commit(first, 3);
        first.report(RunState.RUNNING, 3);
        assertThat(RunReader.open(storage).snapshot().word())
                .contains(new RunStatus(1, RunState.RUNNING, 3, "", 0, false, false));
        OwnedRun second = claim(storage);
        assertThat(RunReader.open(storage).snapshot().word()).isEmpty();
        second.release(RunState.FAILED, 7, "no space", 75, true);
        assertThat(RunReader.open(storage).snapshot().word())
                .contains(new RunStatus(2, RunState.FAILED, 7, "no space", 75, true, true));

        storage.put("status/00000002.json", bytes("{\"format\":1,\"ep"));
        assertThat(RunReader.open(storage).snapshot().word()).isEmpty();
    }
}
