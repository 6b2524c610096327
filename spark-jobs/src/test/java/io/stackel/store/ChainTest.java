package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.files;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.flip;
import static io.stackel.store.Runs.request;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.experiment.RunIdentity;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which commits a driver takes for those of its run, and when it looks. */
class ChainTest {

    private static final String NEXT = "commits/00000002-0000000006.json";

    @TempDir
    Path folder;

    private Storage storage;

    @BeforeEach
    void commitFiveTimes() {
        storage = new LocalStorage(folder.resolve("run"));
        fiveCommits(storage);
    }

    static List<RunHeader> otherRuns() {
        return List.of(
                new RunHeader(HEADER.identity(), HEADER.numericsVersion() + 1),
                new RunHeader(
                        RunIdentity.recorded(HEADER.identity().canonicalJson().replace("\"seed\":0", "\"seed\":1")),
                        HEADER.numericsVersion()));
    }

    /** The commit fits in every other respect, its files are there, and its seal is whole. */
    @ParameterizedTest
    @MethodSource("otherRuns")
    void aCommitOfAnotherRunIsNotTaken(RunHeader header) throws IOException {
        Storage other = new LocalStorage(folder.resolve("other"));
        RunStore.open(other, header).claim(request(Takeover.ALWAYS, 9));
        OwnedRun foreign = RunStore.open(other, header).claim(request(Takeover.ALWAYS, 9));
        IntStream.rangeClosed(1, 6).forEach(number -> commit(foreign, 10L * number));
        for (String path : files(other).keySet()) {
            if (path.contains("/00000002-0000000006")) {
                storage.put(path, other.read(path, 1 << 20));
            }
        }

        assertThat(failure(() -> claim(storage), Kind.DAMAGED))
                .hasMessageContaining(NEXT)
                .hasMessageContaining("must belong to the run with identity " + HEADER.sha256());
        assertThat(RunReader.open(storage).verify()).anyMatch(problem -> problem.startsWith(NEXT));
    }

    @Test
    void aCommitUnderAnotherNameIsNotTaken() throws IOException {
        storage.put(NEXT, storage.read("commits/00000002-0000000005.json", 1 << 20));

        assertThat(failure(() -> claim(storage), Kind.DAMAGED))
                .hasMessageContaining(NEXT)
                .hasMessageContaining("must be commit 00000002-0000000006, but was 00000002-0000000005");
        assertThat(RunReader.open(storage).verify()).anyMatch(problem -> problem.startsWith(NEXT));
    }

    @Test
    void damagedRowsOfAnOldCommitAreFoundAtTheClaim() throws IOException {
        String old = "metrics/" + storage.list("metrics").get(1);
        flip(storage, old, 3);
        RunReader reader = RunReader.open(storage);
        Head head = reader.head().orElseThrow();

        assertThat(failure(() -> claim(storage), Kind.DAMAGED)).hasMessageContaining(old);
        assertThat(failure(() -> reader.requireHistory(head), Kind.DAMAGED)).hasMessageContaining(old);
    }

    @Test
    void damagedTimingsHinderNoDriver() throws IOException {
        for (String name : storage.list("timings")) {
            flip(storage, "timings/" + name, 3);
        }

        assertThat(state(claim(storage).head())).isEqualTo("state 50");
        assertThat(RunReader.open(storage).verify()).hasSize(5).allMatch(problem -> problem.startsWith("timings/"));
    }

    /** The driver that is about to be fenced commits once more, at the last moment. */
    @Test
    void theHeadIsReadAfterTheClaim() {
        FaultyStorage watched = new FaultyStorage(storage);
        OwnedRun old = claim(storage);
        RunStore store = RunStore.open(watched, HEADER);
        watched.before("putIfAbsent owners/00000004", () -> commit(old, 60));

        OwnedRun young = store.claim(request(Takeover.ALWAYS, 2));

        assertThat(state(young.head())).isEqualTo("state 60");
        assertThat(state(storage)).isEqualTo("state 60");
    }

    @Test
    void filesThatCannotBeReadAreNoDamage() {
        FaultyStorage silent = new FaultyStorage(storage);
        try {
            silent.fail("read metrics/" + storage.list("metrics").get(1), FaultyStorage.When.BEFORE, 1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }

        failure(() -> claim(silent), Kind.TRY_AGAIN);

        assertThat(silent.struck()).isEqualTo(1);
    }
}
