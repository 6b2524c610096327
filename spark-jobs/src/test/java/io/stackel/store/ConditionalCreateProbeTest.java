package io.stackel.store;

import static io.stackel.store.Runs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.FaultyStorage.When;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalCreateProbeTest {

    @TempDir
    Path folder;

    /** A store whose exclusive verb behaves as told. */
    private abstract static class Odd extends ForwardingStorage {

        Odd(Path folder) {
            super(new LocalStorage(folder));
        }

        @Override
        public abstract boolean putIfAbsent(String path, byte[] bytes) throws IOException;
    }

    @Test
    void aStoreThatReplacesIsRefused() {
        Storage storage = new Odd(folder) {
            @Override
            public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
                real.put(path, bytes);
                return true;
            }
        };

        StorageException refusal = failure(() -> ConditionalCreateProbe.require(storage), Kind.REFUSED);

        assertThat(refusal)
                .hasMessageContaining("let a second writer replace a file")
                .hasMessageContaining("--single-writer");
        assertThat(refusal.kind().exitCode()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStoreThatReplacesButSaysNoIsRefused() {
        Storage storage = new Odd(folder) {
            private boolean again;

            @Override
            public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
                real.put(path, bytes);
                boolean first = !again;
                again = true;
                return first;
            }
        };

        failure(() -> ConditionalCreateProbe.require(storage), Kind.REFUSED);
    }

    /** The answer to the first request was lost, and the client sent it again. */
    @Test
    void aStoreThatSaysNoToARequestThatItHasObeyedIsGood() {
        Storage storage = new Odd(folder) {
            @Override
            public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
                real.putIfAbsent(path, bytes);
                return false;
            }
        };

        ConditionalCreateProbe.require(storage);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStoreThatDoesNotKnowTheConditionIsRefused() {
        Storage storage = new Odd(folder) {
            @Override
            public boolean putIfAbsent(String path, byte[] bytes) {
                throw new UnsupportedOperationException("no such header");
            }
        };

        assertThat(failure(() -> ConditionalCreateProbe.require(storage), Kind.REFUSED))
                .hasMessageContaining("no such header");
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedLater() {
        FaultyStorage storage = new FaultyStorage(new LocalStorage(folder));
        storage.fail("putIfAbsent", When.BEFORE, 1);

        failure(() -> ConditionalCreateProbe.require(storage), Kind.TRY_AGAIN);

        assertThat(storage.struck()).isEqualTo(1);
    }
}
