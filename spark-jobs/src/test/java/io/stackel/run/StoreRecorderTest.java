package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.math.Tensor;
import io.stackel.store.ClaimRequest;
import io.stackel.store.ForwardingStorage;
import io.stackel.store.Head;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunHeader;
import io.stackel.store.RunReader;
import io.stackel.store.RunStore;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StoreRecorderTest {

    @TempDir
    Path folder;

    private Storage storage;
    private OwnedRun run;
    private RunHeader header;
    private StoreRecorder recorder;
    private final AtomicLong now = new AtomicLong();
    private long tick;

    @BeforeEach
    void claimFreshRun() {
        record(Stores.open(folder.resolve("run").toUri(), Configuration::new, false));
    }

    private void record(Storage through) {
        LoadedExperiment loaded = LoadedExperiment.load(
                StoreRecorderTest.class.getResource("/io/stackel/cli/tiny.yaml").toString(),
                List.of(),
                StoreRecorderTest.class.getClassLoader());
        storage = through;
        header = loaded.header();
        run = RunStore.open(storage, header)
                .claim(new ClaimRequest("here", "test", Takeover.ALWAYS, 2, UUID::randomUUID, notice -> {}));
        Stopwatch watch = new Stopwatch(this::clock);
        CommitSummary before = new CommitSummary(
                "tiny",
                new TreeMap<>(),
                "",
                5,
                "{}",
                List.of(),
                new CommitSummary.Code(Optional.empty(), Optional.empty()));
        recorder = new StoreRecorder(
                new StoreRecorder.RunFacts(
                        loaded,
                        Optional.of(before),
                        List.of("stop.iterations: 1 -> 2"),
                        state -> new TreeMap<>(Map.of("upperObjective", 77.0))),
                run,
                LocalOracle.single(loaded.experiment().source()),
                new RunProgress() {},
                watch,
                at(0, 0));
    }

    /** Time that goes on at each look of a commit, and at no other. */
    private long clock() {
        return Thread.currentThread().getName().equals("stackel-commit") ? now.addAndGet(tick) : now.get();
    }

    private static State at(long iteration, int phase) {
        return new State(
                4 * iteration + phase,
                iteration,
                phase,
                0,
                0,
                new TreeMap<>(Map.of("upper", Tensor.of(iteration * 0.5))));
    }

    private static SortedMap<String, Double> row(long iteration) {
        return new TreeMap<>(Map.of("iteration", (double) iteration, "upperObjective", (double) -iteration));
    }

    private RunReader reader() {
        return RunReader.open(storage);
    }

    private Head head() {
        recorder.settle();
        return reader().head().orElseThrow();
    }

    private State committed() {
        return Safetensors.decode(head().state());
    }

    private String metrics() {
        return new String(reader().metrics(head()), StandardCharsets.UTF_8);
    }

    private void startAndStep(long iteration, int phase) {
        recorder.measured(row(0));
        recorder.checkpoint(at(0, 0), Outcome.RUNNING);
        recorder.progressed(at(iteration, phase), new TreeMap<>());
    }

    @Test
    void commitSaysWhatStatusNeeds() {
        startAndStep(1, 0);
        recorder.checkpoint(at(1, 0), Outcome.RUNNING);

        CommitSummary summary = CommitSummary.decode(head().commit().summary());
        assertThat(summary.name()).isEqualTo("tiny");
        assertThat(summary.figures()).isEqualTo(row(0));
        assertThat(summary.wallSeconds()).isEqualTo(5);
        assertThat(head().commit().summary().path("iteration").longValue()).isEqualTo(1);
        assertThat(CommitSummary.decode(head().chain().get(0).summary()).changes())
                .containsExactly("stop.iterations: 1 -> 2");
        assertThat(summary.changes()).isEmpty();
    }

    @Test
    void commitTellsWhatThoseBeforeItTook() throws IOException {
        tick = 1_000_000_000;
        startAndStep(1, 0);
        recorder.settle();
        recorder.checkpoint(at(1, 0), Outcome.RUNNING);
        recorder.settle();

        List<Double> seconds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("run/timings"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = new ObjectMapper().readTree(line);
                    if (row.path("event").asText().equals("commit")) {
                        seconds.add(row.path("commitSeconds").doubleValue());
                    }
                }
            }
        }
        assertThat(seconds).hasSize(2);
        assertThat(seconds.get(0)).isZero();
        assertThat(seconds.get(1)).as("from one look at the clock to the next").isEqualTo(1);
    }

    @Test
    void sealCommitsTheLastState() {
        startAndStep(1, 2);

        assertThat(recorder.seal()).contains(at(1, 2));
        assertThat(committed()).isEqualTo(at(1, 2));
    }

    @Test
    void sealKeepsBackAStateWhoseRowIsNotTakenYet() {
        startAndStep(2, 3);
        recorder.progressed(at(3, 0), new TreeMap<>());

        recorder.seal();

        assertThat(committed()).isEqualTo(at(2, 3));
        assertThat(metrics().lines()).hasSize(1);
    }

    @Test
    void sealCommitsAStateWithItsRow() {
        startAndStep(3, 0);
        recorder.measured(row(3));

        recorder.seal();

        assertThat(committed()).isEqualTo(at(3, 0));
        assertThat(metrics().lines()).hasSize(2);
    }

    @Test
    void sealedRecorderCommitsNothingMore() {
        startAndStep(1, 0);
        recorder.seal();
        recorder.progressed(at(2, 0), new TreeMap<>());

        assertThatThrownBy(() -> recorder.checkpoint(at(2, 0), Outcome.RUNNING))
                .isInstanceOf(CancellationException.class);
        assertThat(recorder.seal()).contains(at(1, 0));
        assertThat(head().chain()).hasSize(2);
    }

    @Test
    void sealBeforeTheFirstRowLeavesNothing() {
        assertThat(recorder.seal()).isEmpty();
        assertThat(reader().head()).isEmpty();
    }

    @Test
    void finishedStateBetweenRowsIsMeasuredForTheSummaryAlone() {
        SortedMap<String, Double> first = row(0);
        first.put("statusQuoObjective", 3.0);
        recorder.measured(first);
        recorder.checkpoint(at(0, 0), Outcome.RUNNING);
        recorder.progressed(at(3, 0), new TreeMap<>(Map.of("gradientNorm", 0.25)));
        SortedMap<String, Double> row = row(3);
        row.put("gradientNorm", 0.25);
        recorder.measured(row);
        recorder.progressed(at(4, 0), new TreeMap<>(Map.of("gradientNorm", 0.125)));
        recorder.checkpoint(at(4, 0), Outcome.COMPLETE);

        CommitSummary summary = CommitSummary.decode(head().commit().summary());
        assertThat(summary.figures())
                .as("nothing of earlier rows")
                .isEqualTo(Map.of(
                        "upperObjective", 77.0,
                        "gradientNorm", 0.125,
                        "iteration", 4.0,
                        "step", 16.0,
                        "samples", 0.0,
                        "lowerSamples", 0.0,
                        "upperSamples", 0.0));
        assertThat(metrics().lines()).hasSize(2);
    }

    /** A storage whose commits wait until they are let through, or fail. */
    private static final class Gate extends ForwardingStorage {

        private final Semaphore passes = new Semaphore(0);
        private final List<String> written = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean broken;

        Gate(Storage real) {
            super(real);
        }

        @Override
        public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
            if (path.startsWith("commits/")) {
                passes.acquireUninterruptibly();
                if (broken) {
                    throw new IOException("no answer");
                }
            }
            boolean created = super.putIfAbsent(path, bytes);
            written.add(path);
            return created;
        }

        @Override
        public void put(String path, byte[] bytes) throws IOException {
            super.put(path, bytes);
            if (path.startsWith("status/")) {
                written.add(path + " " + new ObjectMapper().readTree(bytes).path("step"));
            }
        }

        private List<String> told() {
            return written.stream()
                    .filter(line -> line.startsWith("commits/") || line.startsWith("status/"))
                    .toList();
        }
    }

    private Gate gate() {
        Gate gate = new Gate(Stores.open(folder.resolve("gated").toUri(), Configuration::new, false));
        record(gate);
        return gate;
    }

    @Test
    void theNextBatchNeedNotWaitForACommitAndNothingIsSaidBeforeItStands() {
        Gate gate = gate();

        startAndStep(1, 0);

        assertThat(recorder.committed()).as("the start is under way").isEmpty();
        assertThat(gate.told()).isEmpty();
        gate.passes.release();
        recorder.settle();
        assertThat(recorder.committed()).contains(at(0, 0));
        assertThat(gate.told()).containsExactly("commits/00000001-0000000001.json", "status/00000001.json 0");
    }

    @Test
    void atMostOneCommitIsBehind() throws InterruptedException {
        Gate gate = gate();
        startAndStep(1, 0);
        Thread loop = new Thread(() -> recorder.checkpoint(at(1, 0), Outcome.RUNNING));

        loop.start();
        while (loop.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(gate.told())
                .as("the first commit is under way, the second one waits")
                .isEmpty();
        gate.passes.release(2);
        loop.join();
        assertThat(committed()).isEqualTo(at(1, 0));
    }

    @Test
    void theEndOfARunIsCommittedWhenItIsSaid() {
        Gate gate = gate();
        gate.passes.release(2);
        startAndStep(1, 0);

        recorder.checkpoint(at(1, 0), Outcome.COMPLETE);

        assertThat(recorder.committed()).contains(at(1, 0));
        assertThat(gate.told()).last().isEqualTo("commits/00000001-0000000002.json");
    }

    @Test
    void aCommitThatFailedEndsTheRunAtTheNextStepAndStaysUnsaid() {
        Gate gate = gate();
        gate.broken = true;
        startAndStep(1, 0);
        gate.passes.release(100);

        assertThatThrownBy(() -> recorder.settle()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> recorder.progressed(at(2, 0), new TreeMap<>())).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> recorder.checkpoint(at(2, 0), Outcome.RUNNING)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> recorder.seal()).isInstanceOf(StorageException.class);
        assertThat(recorder.committed()).isEmpty();
        assertThat(gate.told()).isEmpty();
    }

    @Test
    void aDriverThatWasTakenOverWhileItCommittedIsFencedAtTheNextStep() {
        Gate gate = gate();
        startAndStep(1, 0);
        RunStore.open(gate, header)
                .claim(new ClaimRequest("there", "test", Takeover.ALWAYS, 2, UUID::randomUUID, notice -> {}));
        gate.passes.release();

        assertThatThrownBy(() -> recorder.settle())
                .isInstanceOfSatisfying(
                        StorageException.class,
                        fenced -> assertThat(fenced.kind()).isEqualTo(StorageException.Kind.FENCED));
        assertThatThrownBy(() -> recorder.progressed(at(2, 0), new TreeMap<>()))
                .hasMessageContaining("driver 2 has claimed it");
        assertThat(gate.told())
                .as("the commit stands, and nothing is said of it")
                .hasSize(1);
    }
}
