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
import io.stackel.store.Head;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunReader;
import io.stackel.store.RunStore;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRecorderTest {

    @TempDir
    Path folder;

    private Storage storage;
    private OwnedRun run;
    private StoreRecorder recorder;
    private long now;
    private long tick;

    @BeforeEach
    void claimFreshRun() {
        LoadedExperiment loaded = LoadedExperiment.load(
                StoreRecorderTest.class.getResource("/io/stackel/cli/tiny.yaml").toString(),
                List.of(),
                StoreRecorderTest.class.getClassLoader());
        storage = Stores.open(folder.resolve("run").toUri(), Configuration::new, false);
        run = RunStore.open(storage, loaded.header())
                .claim(new ClaimRequest("here", "test", Takeover.ALWAYS, 2, UUID::randomUUID, notice -> {}));
        Stopwatch watch = new Stopwatch(() -> now += tick);
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
        recorder.checkpoint(at(1, 0), Outcome.RUNNING);

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
        assertThat(seconds.get(1)).as("three looks at the clock").isEqualTo(3);
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
}
