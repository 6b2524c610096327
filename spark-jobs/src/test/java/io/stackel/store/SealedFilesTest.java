package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFilesTest {

    private static final String OBJECT = "{\"format\":2,\"name\":\"a\",\"exitCode\":3}";

    @TempDir
    Path folder;

    private SealedFiles files;
    private Path file;

    @BeforeEach
    void open() {
        files = new SealedFiles(new LocalStorage(folder));
        file = folder.resolve("one.json");
    }

    @Test
    void whatWasWrittenIsReadAndEveryFlippedBitAndEveryCutIsFound() throws IOException {
        files.replace("one.json", OBJECT);
        assertThat(files.object("one.json", 1 << 20)
                        .orElseThrow()
                        .path("exitCode")
                        .intValue())
                .isEqualTo(3);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(flipped, "bit " + bit);
        }
        for (int length = 0; length < whole.length; length++) {
            assertDamaged(Arrays.copyOf(whole, length), "length " + length);
        }
    }

    private void assertDamaged(byte[] bytes, String how) throws IOException {
        Files.write(file, bytes);
        assertThat(Runs.failure(() -> files.object("one.json", 1 << 20), Kind.DAMAGED))
                .as(how)
                .hasMessageStartingWith("one.json of ")
                .hasMessageContaining("restore the file from a copy");
    }

    @Test
    void filesOfFormatOneHaveNoSealAndMayHaveSeveralLines() throws IOException {
        Files.writeString(file, "{\"format\":1,\n\"name\":\"a\"\n}\n");

        assertThat(files.object("one.json", 1 << 20).orElseThrow().path("name").textValue())
                .isEqualTo("a");
    }

    @Test
    void filesOfNewerFormatsAreRefused() {
        files.replace("one.json", "{\"format\":3}");

        assertThat(Runs.failure(() -> files.object("one.json", 1 << 20), Kind.REFUSED))
                .hasMessageContaining("has format 3, but this version reads up to 2");
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreNoMistakeOfOurs() throws IOException {
        Files.createDirectories(folder.resolve("one.json/below"));

        assertThatCode(() -> files.object("one.json", 10)).isInstanceOf(StorageException.class);
        assertThatCode(() -> files.replace("one.json", OBJECT)).isInstanceOf(StorageException.class);
    }

    @Test
    void runsLeaveTracesOfTheirNewestClaimAndCommit() {
        LocalStorage storage = new LocalStorage(folder);
        assertThat(RunTraces.of(storage)).isEqualTo(RunTraces.NONE);
        OwnedRun first = Runs.claim(storage);
        RunTraces claimed = RunTraces.of(storage);
        Runs.commit(first, 10);
        RunTraces committed = RunTraces.of(storage);
        Runs.claim(storage);
        RunTraces again = RunTraces.of(storage);

        assertThat(claimed.claimedSince(RunTraces.NONE)).isTrue();
        assertThat(claimed.committedSince(RunTraces.NONE)).isFalse();
        assertThat(committed.claimedSince(claimed)).isFalse();
        assertThat(committed.committedSince(claimed)).isTrue();
        assertThat(again.claimedSince(committed)).isTrue();
        assertThat(again.committedSince(committed)).isFalse();
    }
}
