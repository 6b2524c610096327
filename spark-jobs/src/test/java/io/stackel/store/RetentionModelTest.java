package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.checkpoint;
import static io.stackel.store.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Outcome;
import io.stackel.store.FaultyStorage.When;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of takeovers, commits by whichever driver still runs, failing requests and lost answers: what was
 * acknowledged is never lost, and only what the retention rule names is removed.
 */
class RetentionModelTest {

    private static final int ACTIONS = 80;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void acknowledgedCheckpointsStay(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyStorage storage = new FaultyStorage(new LocalStorage(folder));
        List<OwnedRun> drivers = new ArrayList<>();
        Set<String> permanent = new TreeSet<>();
        long acknowledged = 0;
        int commits = 0;
        int fenced = 0;
        int struck = 0;
        int keep = 1 + (int) (seed % 3);
        for (int action = 0; action < ACTIONS; action++) {
            if (random.nextInt(3) == 0) {
                String[] verbs = {"put data", "put metrics", "putIfAbsent commits", "read data", "delete", "list"};
                storage.fail(verbs[random.nextInt(verbs.length)], random.nextBoolean() ? When.BEFORE : When.AFTER, 1);
            }
            try {
                if (drivers.isEmpty() || random.nextInt(6) == 0) {
                    drivers.add(RunStore.open(storage, HEADER).claim(request(Takeover.ALWAYS, keep)));
                }
                OwnedRun driver = drivers.get(Math.max(0, drivers.size() - 1 - random.nextInt(2)));
                Commit made = driver.commit(checkpoint(action + 1, Outcome.RUNNING));
                acknowledged = made.id().sequence();
                commits++;
            } catch (StorageException stopped) {
                assertThat(stopped.kind()).isIn(StorageException.Kind.TRY_AGAIN, StorageException.Kind.FENCED);
                fenced += stopped.kind() == StorageException.Kind.FENCED ? 1 : 0;
            }
            struck += storage.struck();
            storage.heal();
            check(storage, permanent, acknowledged, keep);
        }
        assertThat(commits).isGreaterThan(15);
        assertThat(fenced).isGreaterThan(3);
        assertThat(struck).isGreaterThan(5);
    }

    private static void check(Storage storage, Set<String> permanent, long acknowledged, int keep) throws IOException {
        RunReader reader = RunReader.open(storage);
        assertThat(reader.verify()).isEmpty();
        reader.head().ifPresent(head -> {
            assertThat(head.notices()).isEmpty();
            assertThat(head.commit().id().sequence()).isGreaterThanOrEqualTo(acknowledged);
            List<Commit> chain = head.chain();
            for (Commit kept : chain.subList(Math.max(0, chain.size() - keep), chain.size())) {
                assertThat(reader.read(kept.data())).isNotEmpty();
            }
        });
        for (String path : Runs.files(storage).keySet()) {
            if (!path.startsWith("data/")) {
                permanent.add(path);
            }
        }
        assertThat(Runs.files(storage).keySet()).containsAll(permanent);
    }
}
