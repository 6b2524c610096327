package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.request;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.FaultyGateway.Fault;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S3RunStoreIT implements ServerStoreContract {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @Override
    public URI freshRoot() {
        return S3.freshRoot();
    }

    @Override
    public Configuration configuration() {
        return S3.configuration();
    }

    @Override
    public ExclusiveCreate exclusively() {
        return new ExclusiveCreate.ByCondition();
    }

    @Override
    public int fewestCalls() {
        return 10;
    }

    @Test
    void aServerThatIgnoresTheConditionIsRefusedUnlessTheUserVouches() throws IOException {
        try (FaultyGateway gateway = new FaultyGateway(S3.endpoint(), (method, path) -> Fault.CONDITION_DROPPED)) {
            Configuration configuration = S3.configuration(gateway.endpoint());
            URI root = S3.freshRoot();

            StorageException refusal = failure(() -> Stores.open(root, () -> configuration, false), Kind.REFUSED);

            assertThat(gateway.struck(Fault.CONDITION_DROPPED)).isEqualTo(2);
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
        run.report(RunState.RUNNING, 40);

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
        assertThat(counters(root)).containsEntry("op_rename", 0L).containsEntry("object_copy_requests", 0L);
    }

    private static Map<String, Long> counters(URI root) throws IOException {
        IOStatisticsSource source = (IOStatisticsSource) FileSystem.get(root, S3.configuration());
        return new TreeMap<>(source.getIOStatistics().counters());
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

    @Test
    void missingCredentialsAreToldBeforeAnyRequest() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyGateway gateway = new FaultyGateway(S3.endpoint(), (method, path) -> {
            requests.incrementAndGet();
            return Fault.NONE;
        })) {
            Configuration configuration = S3.configuration(gateway.endpoint());
            configuration.set(
                    "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
            URI root = S3.freshRoot();

            StorageException refusal = failure(() -> Stores.open(root, () -> configuration, false), Kind.REFUSED);

            assertThat(refusal)
                    .hasMessageStartingWith("there are no credentials for " + root)
                    .hasMessageContaining("AWS_ACCESS_KEY_ID")
                    .hasMessageContaining("spark.hadoop.fs.s3a.aws.credentials.provider");
            assertThat(requests).hasValue(0);
        }
    }

    /** Answers of all kinds of requests get lost until a hundred are gone; drivers that give up are started again. */
    @Test
    void aHundredLostAnswersDuplicateAndLoseNoStep() throws IOException {
        Random random = new Random(11);
        try (FaultyGateway gateway = new FaultyGateway(
                S3.endpoint(), (method, path) -> random.nextInt(4) == 0 ? Fault.ANSWER_LOST : Fault.NONE)) {
            Configuration configuration = S3.configuration(gateway.endpoint());
            URI root = S3.freshRoot();
            int drivers = 0;
            long step = 0;
            while (gateway.struck(Fault.ANSWER_LOST) < 100) {
                drivers++;
                try {
                    OwnedRun run = claim(Stores.open(root, () -> configuration, false));
                    step = run.head().map(S3RunStoreIT::step).orElse(0L);
                    while (gateway.struck(Fault.ANSWER_LOST) < 100) {
                        step = step(commit(run, step + 10));
                    }
                } catch (StorageException unanswered) {
                    assertThat(unanswered.kind()).as(unanswered.getMessage()).isEqualTo(Kind.TRY_AGAIN);
                }
            }

            RunReader reader = RunReader.open(Stores.openForReading(root, S3::configuration));
            Head head = reader.head().orElseThrow();
            List<Long> steps = head.chain().stream().map(S3RunStoreIT::step).toList();

            assertThat(reader.verify()).isEmpty();
            assertThat(steps.size()).as("%d drivers", drivers).isGreaterThan(5);
            assertThat(steps)
                    .isEqualTo(LongStream.rangeClosed(1, steps.size())
                            .mapToObj(number -> 10 * number)
                            .toList());
            assertThat(steps.get(steps.size() - 1)).isIn(step, step + 10);
        }
    }

    private static long step(Head head) {
        return step(head.commit());
    }

    private static long step(Commit commit) {
        return commit.summary().path("step").asLong();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "UNAVAILABLE", "LATE", "ANSWER_LOST", "ANSWER_CUT"})
    void oneSpoiledRequestInThreeIsMadeUpFor(Fault fault) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (FaultyGateway gateway = new FaultyGateway(
                S3.endpoint(), (method, path) -> requests.incrementAndGet() % 3 == 0 ? fault : Fault.NONE)) {
            Configuration configuration = S3.configuration(gateway.endpoint());
            URI root = S3.freshRoot();

            fiveCommits(Stores.open(root, () -> configuration, false));

            assertThat(gateway.struck(fault)).isGreaterThan(10);
            Storage plain = Stores.openForReading(root, S3::configuration);
            assertThat(state(plain)).isEqualTo("state 50");
            assertThat(RunReader.open(plain).verify()).isEmpty();
        }
    }
}
