package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.files;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.flip;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.store.FaultyStorage.When;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How damage is found and named, and when an older commit may stand in, on every backend. */
interface DamageContract extends Backend {

    private Storage run() {
        Storage storage = freshStorage();
        fiveCommits(storage);
        return storage;
    }

    /** The file of the newest commit in a folder. */
    private static String newest(Storage storage, String folder) throws IOException {
        SortedMap<String, byte[]> files = files(storage);
        return files.headMap(folder + "0").lastKey();
    }

    /** The claim stands, so that its driver has to say that it is gone: others may wait for that. */
    @Test
    default void aDriverThatCannotGoOnFromWhereTheRunStandsReleasesItAtOnce() throws IOException {
        Storage storage = run();
        for (String path : files(storage).keySet()) {
            if (path.startsWith("data/")) {
                flip(storage, path, 0);
            }
        }

        StorageException damage = failure(() -> claim(storage), Kind.DAMAGED);

        RunStatus status = new RunDirectory(storage).status(3).orElseThrow();
        assertThat(status)
                .isEqualTo(new RunStatus(
                        3, RunState.FAILED, 0, damage.getMessage(), Kind.DAMAGED.exitCode(), false, true));
    }

    @Test
    default void aClaimAfterWhichNoneCanFollowIsDamage() throws IOException {
        Storage storage = run();
        storage.put("owners/99999999.json", bytes("{}"));

        assertThat(failure(() -> claim(storage), Kind.DAMAGED)).hasMessageStartingWith("owners/99999999.json is there");
        assertThat(storage.list("owners")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"data, 0", "data, -1", "metrics, 3", "commits, 0", "commits, 40", "commits, -1", "commits, -66"})
    default void aFlippedBitInTheNewestCheckpointIsNamedAndItsParentStandsIn(String folder, int at) throws IOException {
        Storage storage = run();
        String path = newest(storage, folder);
        int length = storage.read(path, 1 << 20).length;
        flip(storage, path, Math.floorMod(at, length));

        Head head = claim(storage).head().orElseThrow();

        assertThat(head.state()).isEqualTo(bytes("state 40"));
        assertThat(head.notices()).singleElement().asString().contains(path);
        assertThat(RunReader.open(storage).verify()).singleElement().asString().startsWith(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "metrics", "commits"})
    default void aCutOrEmptyFileOfTheNewestCheckpointIsNamedAndItsParentStandsIn(String folder) throws IOException {
        Storage storage = run();
        String path = newest(storage, folder);
        byte[] whole = storage.read(path, 1 << 20);
        for (int length : new int[] {0, 1, whole.length - 1}) {
            storage.put(path, Arrays.copyOf(whole, length));
            assertThat(state(storage)).isEqualTo("state 40");
            assertThat(RunReader.open(storage).verify())
                    .singleElement()
                    .asString()
                    .startsWith(path);
        }
        storage.put(path, Arrays.copyOf(whole, whole.length + 1));
        assertThat(state(storage)).isEqualTo("state 40");
        storage.put(path, whole);
        assertThat(state(storage)).isEqualTo("state 50");
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    default void aResumeAfterDamageGoesOnAndIsWhole() throws IOException {
        Storage storage = run();
        flip(storage, newest(storage, "data"), 3);
        OwnedRun third = claim(storage);
        commit(third, 50);
        commit(third, 60);

        RunReader reader = RunReader.open(storage);
        Head head = reader.head().orElseThrow();

        assertThat(head.commit().id()).isEqualTo(new CommitId(3, 6));
        assertThat(new String(reader.metrics(head), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"step\":10}\n{\"step\":20}\n{\"step\":30}\n{\"step\":40}\n{\"step\":50}\n{\"step\":60}\n");
        assertThat(reader.verify()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "metrics", "commits"})
    default void anUnansweredRequestIsNoProofOfDamage(String folder) throws IOException {
        FaultyStorage storage = new FaultyStorage(run());
        String path = newest(storage, folder);
        storage.fail("read " + path, When.BEFORE, 1);

        StorageException failure = failure(() -> claim(storage), Kind.TRY_AGAIN);

        assertThat(storage.struck()).isEqualTo(1);
        assertThat(failure).hasMessageContaining(path);
        assertThat(state(storage)).isEqualTo("state 50");
    }

    @Test
    default void ifNoCheckpointIsLeftTheRunIsNotStartedAgain() throws IOException {
        Storage storage = run();
        for (String path : files(storage).keySet()) {
            if (path.startsWith("data/")) {
                flip(storage, path, 0);
            }
        }

        assertThat(failure(() -> claim(storage), Kind.DAMAGED)).hasMessageContaining("no commit is left to go on from");
    }

    @ParameterizedTest
    @CsvSource({
        "run.json, run.json is missing",
        "owners, owners/00000001.json is missing",
        "owners/00000002, owners/00000002.json is missing",
        "commits, a commit is missing",
        "commits/00000001, a commit is missing",
        "data, the data file of commit 00000002-0000000005 is missing",
        "data/00000002-0000000005, the data file of commit 00000002-0000000005 is missing",
        "metrics, metrics/00000002-0000000005",
    })
    default void aDirectoryThatLostFilesIsAnError(String prefix, String named) throws IOException {
        Storage storage = run();
        for (String path : files(storage).keySet()) {
            if (path.startsWith(prefix)) {
                storage.delete(path);
            }
        }
        SortedMap<String, byte[]> before = files(storage);

        StorageException failure = failure(() -> claim(storage), Kind.DAMAGED);

        assertThat(failure)
                .hasMessageContaining(named)
                .hasMessageContaining(storage.root().toString());
        failure(() -> RunReader.open(storage).head(), Kind.DAMAGED);
        assertThat(files(storage).keySet()).containsAll(before.keySet());
    }

    @Test
    default void everyFlippedBitOfRunJsonIsAnError() throws IOException {
        Storage storage = run();
        int length = storage.read("run.json", 1 << 20).length;
        for (int at = 0; at < length; at += 7) {
            flip(storage, "run.json", at);
            StorageException failure = catchThrowableOfType(StorageException.class, () -> claim(storage));
            assertThat(failure).as("byte %d", at).isNotNull();
            assertThat(failure.kind()).isIn(Kind.DAMAGED, Kind.REFUSED);
            assertThat(failure.getMessage()).containsAnyOf("run.json", "numericsVersion");
            flip(storage, "run.json", at);
        }
        assertThat(state(storage)).isEqualTo("state 50");
    }

    @Test
    default void aNewerFormatIsRefusedAndNotTakenForDamage() throws IOException {
        Storage storage = run();
        storage.put("commits/00000002-0000000006.json", Json.seal(Json.object().put("format", 2)));

        assertThat(failure(() -> claim(storage), Kind.REFUSED))
                .hasMessageContaining("commits/00000002-0000000006.json")
                .hasMessageContaining("has format 2, but this version reads up to 1");
    }
}
