package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte and every length of every file of a run with one checkpoint. */
class TinyRunTest {

    @TempDir
    Path folder;

    private Storage storage;
    private Map<String, byte[]> files;

    @BeforeEach
    void write() throws IOException {
        storage = new LocalStorage(folder);
        commit(claim(storage), 1);
        files = Runs.files(storage);
        assertThat(files.keySet())
                .extracting(path -> path.replaceAll("/.*", ""))
                .containsExactly("commits", "data", "metrics", "owners", "run.json", "timings");
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    void everyFlippedByteIsFoundAndItsFileNamed() throws IOException {
        int flipped = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (int at = 0; at < file.getValue().length; at++) {
                byte[] bytes = file.getValue().clone();
                bytes[at] ^= (byte) (1 << (at % 8));
                storage.put(file.getKey(), bytes);
                requireFound(file.getKey(), "flip of byte " + at);
                flipped++;
            }
            storage.put(file.getKey(), file.getValue());
        }
        assertThat(flipped)
                .isEqualTo(files.values().stream().mapToInt(b -> b.length).sum());
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    void everyTruncationIsFoundAndItsFileNamed() throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (int length = 0; length < file.getValue().length; length++) {
                storage.put(file.getKey(), Arrays.copyOf(file.getValue(), length));
                requireFound(file.getKey(), "cut to " + length);
            }
            storage.put(file.getKey(), file.getValue());
        }
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @Test
    void aFileThatGrewIsFound() throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] longer = Arrays.copyOf(file.getValue(), file.getValue().length + 1);
            longer[longer.length - 1] = '\n';
            storage.put(file.getKey(), longer);
            requireFound(file.getKey(), "one byte more");
            storage.put(file.getKey(), file.getValue());
        }
    }

    /** With a single checkpoint nothing can stand in: a driver must stop too, unless only timings or claims suffer. */
    private void requireFound(String path, String damage) {
        List<String> problems = problems();
        assertThat(problems).as("%s: %s", path, damage).isNotEmpty();
        boolean numericsVersion = path.equals("run.json") && problems.get(0).contains("numericsVersion");
        assertThat(numericsVersion || problems.get(0).contains(path))
                .as("%s: %s: %s", path, damage, problems)
                .isTrue();
        boolean decides = !path.startsWith("timings/") && !path.startsWith("owners/");
        assertThat(stateOfNewDriver().isEmpty()).as("%s: %s", path, damage).isEqualTo(decides);
    }

    private List<String> problems() {
        try {
            return RunReader.open(storage).verify();
        } catch (StorageException unreadable) {
            return List.of(unreadable.getMessage());
        }
    }

    private Optional<byte[]> stateOfNewDriver() {
        try {
            byte[] state = RunStore.open(storage, Runs.HEADER)
                    .reader()
                    .head()
                    .orElseThrow()
                    .state();
            assertThat(state).isEqualTo(bytes("state 1"));
            return Optional.of(state);
        } catch (StorageException stopped) {
            assertThat(stopped.kind()).isIn(Kind.DAMAGED, Kind.REFUSED);
            return Optional.empty();
        }
    }
}
