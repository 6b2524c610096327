package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.request;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class S3RunStoreIT implements StorageContract, RunStoreContract, FaultContract, DamageContract, RetentionContract {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @TempDir
    Path folder;

    @Override
    public Storage freshStorage() {
        return Stores.open(S3.freshRoot(), S3::configuration, false);
    }

    @Test
    void aServerThatIgnoresTheConditionIsRefusedUnlessTheUserVouches() throws IOException {
        try (ConditionDroppingGateway gateway = new ConditionDroppingGateway(S3.endpoint())) {
            Configuration configuration = S3.configuration(gateway.endpoint());
            URI root = S3.freshRoot();

            StorageException refusal = failure(() -> Stores.open(root, () -> configuration, false), Kind.REFUSED);

            assertThat(gateway.dropped()).isEqualTo(2);
            assertThat(refusal).hasMessageContaining(root.toString()).hasMessageContaining("--single-writer");
            Storage storage = Stores.open(root, () -> configuration, true);
            fiveCommits(storage);
            assertThat(state(storage)).isEqualTo("state 50");
            assertThat(storage.putIfAbsent("run.json", new byte[0])).isFalse();
            assertThat(RunReader.open(storage).verify()).isEmpty();
        }
    }

    /** What an S3 server counts and a bill lists: five objects and twenty requests a commit at most, no copies. */
    @Test
    void aCommitIsCheapAndNothingIsEverRenamed() throws IOException {
        URI root = S3.freshRoot();
        OwnedRun run = RunStore.open(Stores.open(root, S3::configuration, false), HEADER)
                .claim(request(Takeover.ALWAYS, 2));
        for (long step = 10; step <= 30; step += 10) {
            commit(run, step);
        }
        Map<String, Long> before = counters(root);

        commit(run, 40);
        run.report("running", 40);

        Map<String, Long> during = counters(root);
        before.forEach((name, count) -> during.merge(name, -count, Long::sum));
        long puts = during.get("object_put_request");
        long requests = puts
                + during.get("object_metadata_request")
                + during.get("object_list_request")
                + during.get("object_delete_request")
                + during.get("action_http_get_request");
        assertThat(puts).as("objects: %s", during).isBetween(5L, 5L);
        assertThat(requests).as("requests: %s", during).isBetween(8L, 20L);
        assertThat(during.get("op_rename")).isZero();
        assertThat(during.get("object_copy_requests")).isZero();
    }

    private static Map<String, Long> counters(URI root) throws IOException {
        IOStatisticsSource source = (IOStatisticsSource) FileSystem.get(root, S3.configuration());
        return new TreeMap<>(source.getIOStatistics().counters());
    }

    @Test
    void aRunThatIsCopiedToADiskGoesOnThere() throws IOException {
        Storage there = freshStorage();
        fiveCommits(there);
        Storage here = new LocalStorage(folder);
        Runs.copy(there, here);

        OwnedRun run = claim(here);

        assertThat(state(run.head())).isEqualTo("state 50");
        commit(run, 60);
        assertThat(RunReader.open(here).verify()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsAskedLater() {
        Configuration configuration = S3.configuration(URI.create("http://127.0.0.1:1"));

        StorageException failure =
                failure(() -> Stores.open(S3.freshRoot(), () -> configuration, false), Kind.TRY_AGAIN);

        assertThat(failure.kind().exitCode()).isEqualTo(75);
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        StorageException failure = failure(
                () -> Stores.open(URI.create("s3a://no-such-bucket/runs/a"), S3::configuration, false), Kind.REFUSED);

        assertThat(failure).hasMessageContaining("no-such-bucket");
    }
}
