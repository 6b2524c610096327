package io.stackel.store;

import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.files;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver does whose run directory is taken away from under it. */
class OwnClaimTest {

    @TempDir
    Path folder;

    private Path place;
    private OwnedRun run;

    @BeforeEach
    void commitOnce() {
        place = folder.resolve("mine");
        run = claim(new LocalStorage(place));
        commit(run, 10);
    }

    /** Everything that the driver may still try is refused. */
    private void requireStopped(String why) {
        StorageException stopped = failure(() -> commit(run, 20), Kind.DAMAGED);
        assertThat(stopped)
                .hasMessageContaining("owners/00000001.json below " + place.toUri())
                .hasMessageContaining(why)
                .hasMessageContaining("removed, moved or replaced")
                .hasMessageContaining("after commit 00000001-0000000001")
                .hasMessageContaining("--out");
        assertThat(stopped.kind().exitCode()).isEqualTo(3);
        assertThat(failure(() -> commit(run, 20), Kind.DAMAGED)).isSameAs(stopped);
        failure(() -> run.report(RunState.RUNNING, 20), Kind.DAMAGED);
        failure(() -> run.release(RunState.FAILED, 10, "", 3, false), Kind.DAMAGED);
    }

    @Test
    void aRemovedDirectoryIsFoundAtTheNextCommitAndNotMadeAgain() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        requireStopped(" is missing");

        assertThat(place).doesNotExist();
    }

    @Test
    void aDirectoryThatIsMovedWithinACommitIsFoundToo() {
        place = folder.resolve("moving");
        Storage moving = new ForwardingStorage(new LocalStorage(place)) {
            @Override
            public void put(String path, byte[] bytes) throws IOException {
                if (path.startsWith("metrics/00000001-0000000002")) {
                    Files.move(place, folder.resolve("moved"));
                    throw new NoSuchFileException(path);
                }
                super.put(path, bytes);
            }
        };
        run = claim(moving);
        commit(run, 10);

        requireStopped(" is missing");
    }

    @Test
    void aMovedDirectoryIsFoundAtTheNextCommitAndCanBeGoneOnWith() throws IOException {
        Path moved = Files.move(place, folder.resolve("moved"));
        SortedMap<String, byte[]> before = files(new LocalStorage(moved));

        requireStopped(" is missing");

        assertThat(place).doesNotExist();
        assertThat(files(new LocalStorage(moved))).containsExactlyEntriesOf(before);
        assertThat(state(claim(new LocalStorage(moved)).head())).isEqualTo("state 10");
    }

    @Test
    void anotherRunInThePlaceOfTheDirectoryIsLeftAlone() throws IOException {
        Path other = folder.resolve("other");
        commit(claim(new LocalStorage(other)), 10);
        SortedMap<String, byte[]> before = files(new LocalStorage(other));
        Files.move(place, folder.resolve("moved"));
        Files.createSymbolicLink(place, other);

        requireStopped(" is not the claim of this driver");

        assertThat(files(new LocalStorage(other))).containsExactlyEntriesOf(before);
    }

    @Test
    void theSameDirectoryByAnotherWayIsTheSame() throws IOException {
        Path moved = Files.move(place, folder.resolve("moved"));
        Files.createSymbolicLink(place, moved);

        commit(run, 20);

        assertThat(state(new LocalStorage(moved))).isEqualTo("state 20");
    }

    @Test
    void aStatusIsWrittenNowhereElse() throws IOException {
        Files.move(place, folder.resolve("moved"));

        failure(() -> run.release(RunState.FAILED, 10, "the problem failed", 3, false), Kind.DAMAGED);

        assertThat(place).doesNotExist();
    }

    @Test
    void aDirectoryThatIsSwappedWithinACommitIsFoundAtItsEnd() {
        FaultyStorage storage = new FaultyStorage(new LocalStorage(folder.resolve("swapped")));
        OwnedRun swapped = claim(storage);
        storage.before("list owners", () -> replaceClaim(folder.resolve("swapped/owners/00000001.json")));

        StorageException stopped = failure(() -> commit(swapped, 10), Kind.DAMAGED);

        assertThat(storage.requests()).anyMatch(request -> request.startsWith("putIfAbsent commits"));
        assertThat(failure(() -> commit(swapped, 20), Kind.DAMAGED)).isSameAs(stopped);
    }

    private void replaceClaim(Path claim) {
        try {
            Path other = folder.resolve("another");
            claim(new LocalStorage(other));
            Files.copy(other.resolve("owners/00000001.json"), claim, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void aClaimThatCannotBeReadStopsNothingForGood() {
        FaultyStorage storage = new FaultyStorage(new LocalStorage(folder.resolve("slow")));
        OwnedRun slow = claim(storage);
        storage.fail("read owners", FaultyStorage.When.BEFORE, 1);

        failure(() -> commit(slow, 10), Kind.TRY_AGAIN);

        assertThat(storage.struck()).isEqualTo(1);
        commit(slow, 10);
        assertThat(state(storage)).isEqualTo("state 10");
    }
}
