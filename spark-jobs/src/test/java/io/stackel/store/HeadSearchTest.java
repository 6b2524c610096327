package io.stackel.store;

import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader beside a live driver that keeps the data of one commit and retires them while the reader looks. */
class HeadSearchTest {

    private static final int ATTEMPTS = 5;

    @TempDir
    Path folder;

    private Storage real;
    private OwnedRun driver;
    private long step;

    /** A storage where something happens just before a data file is read, for so many times. */
    private static final class Busy extends ForwardingStorage {

        private final Runnable meanwhile;
        private int left;
        private int listings;

        Busy(Storage real, int times, Runnable meanwhile) {
            super(real);
            this.left = times;
            this.meanwhile = meanwhile;
        }

        @Override
        public byte[] read(String path, int limit) throws IOException {
            if (path.startsWith(Layout.DATA) && left > 0) {
                left--;
                meanwhile.run();
            }
            return super.read(path, limit);
        }

        @Override
        public List<String> list(String path) throws IOException {
            listings += path.equals(Layout.COMMITS) ? 1 : 0;
            return super.list(path);
        }
    }

    @BeforeEach
    void start() {
        real = new LocalStorage(folder);
        driver = claim(real, 1);
        goOn();
    }

    private void goOn() {
        step += 10;
        commit(driver, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, ATTEMPTS - 1})
    void theDriversNextCommitIsFoundWhereItRetiredTheOneThatWasListed(int times) {
        Busy storage = new Busy(real, times, this::goOn);

        Head head = RunReader.open(storage).head().orElseThrow();

        assertThat(step).as("the driver went on meanwhile").isEqualTo(10L * (times + 1));
        assertThat(storage.listings).isEqualTo(times + 1);
        assertThat(head.commit().id().sequence()).isEqualTo(times + 1);
        assertThat(head.state()).isEqualTo(Runs.bytes("state " + step));
        assertThat(head.notices()).isEmpty();
    }

    @Test
    void aDriverThatIsAlwaysFasterEndsTheSearch() {
        Busy storage = new Busy(real, ATTEMPTS, this::goOn);

        failure(() -> RunReader.open(storage).head(), Kind.DAMAGED);

        assertThat(storage.listings).isEqualTo(ATTEMPTS + 1);
    }

    /** Nobody goes on: one more look, and then what is missing is damage. */
    @Test
    void dataThatNobodyRetiredAreMissing() throws IOException {
        for (String name : real.list(Layout.DATA)) {
            real.delete(Layout.DATA + "/" + name);
        }
        Busy storage = new Busy(real, 0, () -> {});

        StorageException missing = failure(() -> RunReader.open(storage).head(), Kind.DAMAGED);

        assertThat(missing.getMessage()).contains("the data file of commit 00000001-0000000001 is missing");
        assertThat(storage.listings).isEqualTo(2);
    }
}
