package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.checkpoint;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.files;
import static io.stackel.store.Runs.flip;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Outcome;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run stands where its commits say; a driver that says more has lost commits. */
class RunSnapshotTest {

    @TempDir
    Path folder;

    private Storage storage;

    @BeforeEach
    void openPlace() {
        storage = new LocalStorage(folder);
    }

    /** A driver that reports after each commit, as one that works does. */
    private OwnedRun driver(long... steps) {
        OwnedRun run = claim(storage, 3);
        for (long step : steps) {
            commit(run, step);
            run.report(RunState.RUNNING, step);
        }
        return run;
    }

    private void complete(OwnedRun run, long step) {
        run.commit(checkpoint(step, Outcome.COMPLETE));
        run.release(RunState.COMPLETE, step, "", 0, false);
    }

    private RunSnapshot snapshot() {
        return RunReader.open(storage).snapshot();
    }

    private void delete(String prefix) throws IOException {
        for (String path : files(storage).keySet()) {
            if (path.startsWith(prefix)) {
                storage.delete(path);
            }
        }
    }

    private void requireRefused(String... words) throws IOException {
        SortedMap<String, byte[]> before = files(storage);
        StorageException refused = failure(() -> snapshot().requireResumable(), Kind.DAMAGED);
        assertThat(refused)
                .hasMessageContainingAll(words)
                .hasMessageContaining("nothing in it was changed")
                .hasMessageContaining("remove status/00000001.json");
        failure(() -> snapshot().requireSound(), Kind.DAMAGED);
        assertThat(RunReader.open(storage).verify()).singleElement().asString().contains(words);
        assertThat(files(storage).keySet()).isEqualTo(before.keySet());
        failure(() -> claim(storage), Kind.DAMAGED);
    }

    @Test
    void aRunWhoseCommitsAreAllGoneIsNotStartedAgain() throws IOException {
        complete(driver(), 10);
        for (String folder : List.of("commits", "data", "metrics", "timings", "owners")) {
            delete(folder);
        }

        requireRefused("status/00000001.json says complete at step 10, but there is no commit");
    }

    @Test
    void aRunOfWhichOnlyTheStatusIsLeftIsDamaged() throws IOException {
        driver(10);
        for (String folder : List.of("commits", "data", "metrics", "timings", "owners", "run.json")) {
            delete(folder);
        }

        assertThat(failure(() -> claim(storage), Kind.DAMAGED)).hasMessageContaining("run.json is missing");
    }

    @Test
    void aCommitThatIsMissingIsToldByTheStatus() throws IOException {
        driver(10, 20);
        delete("commits/00000001-0000000002");

        requireRefused(
                "status/00000001.json says running at step 20",
                "the newest whole commit is 00000001-0000000001, running at step 10",
                "commits are missing");
    }

    @Test
    void anOlderDriversWordCountsWhereANewerOneHasNoCommit() throws IOException {
        driver(10, 20);
        claim(storage).report(RunState.RUNNING, 0);
        delete("commits/00000001-0000000002");

        requireRefused("status/00000001.json says running at step 20");
    }

    @ParameterizedTest
    @CsvSource({"COMPLETE", "DIVERGED"})
    void anEndThatNoCommitHasIsDamage(Outcome outcome) throws IOException {
        driver(10).release(RunState.of(outcome), 10, "", 0, false);

        requireRefused(
                "status/00000001.json says " + RunState.of(outcome) + " at step 10",
                "commit is 00000001-0000000001, running at step 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "metrics", "commits"})
    void aDamagedCommitThatWasPassedOverIsToldAndMayBeGoneOnFrom(String damaged) throws IOException {
        complete(driver(10, 20), 30);
        String path = files(storage).headMap(damaged + "0").lastKey();
        flip(storage, path, 3);

        assertThat(failure(() -> snapshot().requireSound(), Kind.DAMAGED))
                .hasMessageContaining("status/00000001.json says complete at step 30")
                .hasMessageContaining(path)
                .hasMessageContaining("goes on from commit 00000001-0000000002");
        snapshot().requireResumable();
        assertThat(RunReader.open(storage).verify()).singleElement().asString().startsWith(path);

        OwnedRun next = claim(storage, 3);
        assertThat(state(next.head())).isEqualTo("state 20");
        next.report(RunState.RUNNING, 20);
        assertThat(snapshot().damage()).as("the newer driver knows").isEmpty();
        assertThat(snapshot().notices()).singleElement().asString().contains(path);
        commit(next, 25);
        assertThat(snapshot().damage()).isEmpty();
        assertThat(snapshot().notices()).isEmpty();
    }

    @Test
    void anEndStaysWhereADriverThatWouldHaveExtendedItDied() {
        complete(driver(10), 20);
        claim(storage).report(RunState.RUNNING, 20);

        assertThat(snapshot().damage()).isEmpty();
        assertThat(snapshot().head().orElseThrow().commit().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(snapshot().word().orElseThrow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aFinishedRunThatIsExtendedIsSound() {
        complete(driver(10), 20);
        OwnedRun second = claim(storage);
        commit(second, 30);

        assertThat(snapshot().damage()).isEmpty();
        second.report(RunState.RUNNING, 30);
        assertThat(snapshot().damage()).isEmpty();
    }

    @Test
    void aDriverThatDiedBetweenCommitAndReportIsSound() {
        commit(driver(10), 20);

        assertThat(snapshot().damage()).isEmpty();
    }

    /** A live driver commits and reports while somebody reads. */
    @Test
    void aDriverMayGoOnWhileItsRunIsRead() {
        FaultyStorage watched = new FaultyStorage(storage);
        OwnedRun run = driver(10);
        RunReader reader = RunReader.open(watched);
        long[] step = {10};
        for (String request : List.of("list status", "read status", "list owners", "list commits", "read commits")) {
            boolean[] done = {false};
            watched.before(request, () -> {
                step[0] += 10;
                commit(run, step[0]);
                run.report(RunState.RUNNING, step[0]);
                done[0] = true;
            });

            assertThat(reader.snapshot().damage()).as(request).isEmpty();
            assertThat(done[0]).as(request).isTrue();
        }
    }

    @Test
    void aStatusThatCannotBeReadSaysNothing() throws IOException {
        driver(10);
        storage.put("status/00000001.json", bytes("{\"format\":1,\"epoch\":1,\"state\":\"complete\",\"st"));

        assertThat(snapshot().word()).isEmpty();
        snapshot().requireSound();
    }
}
