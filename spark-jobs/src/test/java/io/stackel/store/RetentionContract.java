package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.flip;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.FaultyStorage.When;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which data files are let go, and which never, on every backend. */
interface RetentionContract extends Backend {

    private static List<String> kept(Storage storage) throws IOException {
        return storage.list("data").stream().map(name -> name.substring(0, 19)).toList();
    }

    @Test
    default void theNewestDataOfTheChainAreKept() throws IOException {
        Storage storage = freshStorage();
        OwnedRun run = claim(storage, 3);
        for (long step = 10; step <= 60; step += 10) {
            commit(run, step);
        }

        assertThat(kept(storage)).containsExactly("00000001-0000000004", "00000001-0000000005", "00000001-0000000006");
        assertThat(storage.list("commits")).hasSize(6);
        assertThat(storage.list("metrics")).hasSize(6);
        assertThat(storage.list("timings")).hasSize(6);
    }

    @Test
    default void aResumedDriverDeletesNothingBeforeItsOwnFirstCommit() throws IOException {
        Storage storage = freshStorage();
        fiveCommits(storage);
        String orphan = "data/00000001-0000000004-123e4567-e89b-12d3-a456-426614174000.safetensors";
        storage.put(orphan, bytes("never committed"));
        storage.put("data/notes.txt", bytes("the user's"));

        OwnedRun third = claim(storage, 1);
        assertThat(storage.list("data")).hasSize(4);
        commit(third, 60);

        assertThat(storage.list("data")).hasSize(2).contains("notes.txt");
        assertThat(state(storage)).isEqualTo("state 60");
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    default void dataOfAHigherOrTheOwnEpochThatNoCommitNamesStay() throws IOException {
        Storage storage = freshStorage();
        OwnedRun run = claim(storage, 1);
        String uuid = "-123e4567-e89b-12d3-a456-426614174000.safetensors";
        storage.put("data/00000001-0000000001" + uuid, bytes("an attempt of this driver"));
        storage.put("data/00000002-0000000001" + uuid, bytes("an attempt of a newer driver"));
        commit(run, 10);
        commit(run, 20);

        assertThat(kept(storage)).containsExactly("00000001-0000000001", "00000001-0000000002", "00000002-0000000001");
    }

    @Test
    default void aFencedDriverDeletesNothing() throws IOException {
        Storage storage = freshStorage();
        OwnedRun old = claim(storage, 1);
        commit(old, 10);
        OwnedRun young = claim(storage, 1);

        failure(() -> commit(old, 20), Kind.FENCED);

        assertThat(kept(storage)).containsExactly("00000001-0000000001", "00000001-0000000002");
        assertThat(state(young.head())).isEqualTo("state 10");
        commit(young, 20);
        assertThat(kept(storage)).containsExactly("00000002-0000000002");
    }

    /** The commit of a fenced driver may be older than the head but newer than its data. */
    @Test
    default void aHeadWhoseSuccessorIsDamagedSkipsCommitsWithoutData() throws IOException {
        Storage storage = freshStorage();
        OwnedRun old = claim(storage, 2);
        commit(old, 10);
        OwnedRun young = claim(storage, 2);
        failure(() -> commit(old, 20), Kind.FENCED);
        Commit last = commit(young, 20);
        assertThat(kept(storage)).containsExactly("00000001-0000000001", "00000002-0000000002");
        flip(storage, Layout.commit(last.id()), 5);

        Head head = RunReader.open(storage).head().orElseThrow();

        assertThat(head.state()).isEqualTo(bytes("state 10"));
        assertThat(head.notices()).hasSize(2);
    }

    @Test
    default void nothingIsDeletedUntilTheNewestDataWereReadBackWhole() throws IOException {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        OwnedRun run = RunStore.open(storage, HEADER).claim(Runs.request(Takeover.ALWAYS, 1));
        commit(run, 10);
        storage.fail("read data", When.BEFORE, 1);

        commit(run, 20);

        assertThat(storage.struck()).isEqualTo(1);
        assertThat(kept(storage)).hasSize(2);
        commit(run, 30);
        assertThat(kept(storage)).containsExactly("00000001-0000000003");
    }

    /** A driver that slept since its last look at the claims is told that it was fenced, not that its run is damaged. */
    @Test
    default void dataThatANewerDriverLetGoAreNoDamage() throws IOException {
        Storage real = freshStorage();
        FaultyStorage storage = new FaultyStorage(real);
        OwnedRun old = RunStore.open(storage, HEADER).claim(Runs.request(Takeover.ALWAYS, 1));
        commit(old, 10);
        storage.before("read data", () -> {
            OwnedRun young = claim(real, 1);
            commit(young, 30);
            commit(young, 40);
        });

        StorageException fenced = failure(() -> commit(old, 20), Kind.FENCED);

        assertThat(fenced).hasMessageContaining("driver 2 has claimed it");
        assertThat(failure(() -> commit(old, 30), Kind.FENCED)).isSameAs(fenced);
        assertThat(state(real)).isEqualTo("state 40");
        assertThat(RunReader.open(real).verify()).isEmpty();
    }
}
