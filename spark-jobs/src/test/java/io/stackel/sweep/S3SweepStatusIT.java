package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.run.EngineChoice;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.StatusReport;
import io.stackel.store.RunState;
import io.stackel.store.S3Server;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three trials of a sweep on S3: two complete, one that was never started. */
class S3SweepStatusIT {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    private static final String TEXT = """
            format: 1
            name: tiny
            problem: {name: reward-design, states: 3, actions: 2}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            sampling: {horizon: 5}
            stop: {iterations: 4}
            checkpoint: {every: 1}
            """;

    private final URI root = S3.freshRoot();
    private final SweepPlan plan = new SweepPlan(
            "tiny",
            List.of(),
            Requirements.NONE,
            List.of(),
            IntStream.range(0, 3).mapToObj(S3SweepStatusIT::trial).toList(),
            List.of());
    private final ConcurrentLinkedQueue<URI> opened = new ConcurrentLinkedQueue<>();
    private final Map<String, String> settings = new TreeMap<>();

    private static Trial trial(int seed) {
        LoadedExperiment.Located located = LoadedExperiment.Located.of(
                new LoadedExperiment.Text("text", TEXT.getBytes(StandardCharsets.UTF_8), List.of("seed=" + seed)),
                new ConfigurationDecoder(Catalogue.shipped().vocabulary()));
        return new Trial(
                located.identity().runName("tiny"),
                located.identity().sha256(),
                seed,
                Map.of(),
                located.configuration().resolvedJson());
    }

    /** A trial asks the process for its Hadoop settings, as an executor does. */
    @BeforeEach
    void runTwoOfThree() {
        Configuration usual = new Configuration();
        S3.configuration().forEach(entry -> {
            if (!entry.getValue().equals(usual.getRaw(entry.getKey()))) {
                settings.put("spark.hadoop." + entry.getKey(), entry.getValue());
            }
        });
        settings.forEach(System::setProperty);
        new SweepDirectory(Stores.open(root, S3::configuration, false)).write(plan);
        for (Trial trial : plan.trials().subList(0, 2)) {
            assertThat(new TrialRun(root, false, false)
                            .run(trial, SweepDirectory.trial(root, trial), () -> false, EngineChoice.oneThread())
                            .reason())
                    .isEmpty();
        }
    }

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
    }

    private SweepStatus status() {
        opened.clear();
        return SweepStatus.of(plan, new SweepDirectory(storage(root)), place -> {
            opened.add(place);
            return storage(place);
        });
    }

    private static Storage storage(URI place) {
        return Stores.openForReading(place, S3::configuration);
    }

    private static List<String> reports(SweepStatus status) {
        List<String> reports = new ArrayList<>();
        status.trials().forEach(trial -> {
            reports.add(trial.state() + " " + trial.exitCode() + trial.reason());
            trial.status().map(StatusReport::json).ifPresent(reports::add);
            trial.status().map(StatusReport::text).ifPresent(reports::add);
        });
        return reports;
    }

    private URI trial(String of, int index) {
        return URI.create(root + "/" + of + "/" + plan.trials().get(index).name());
    }

    /** Writes a file anew, with its bytes changed. */
    private static void rewrite(Path file, UnaryOperator<byte[]> change) throws IOException {
        FileSystem files = FileSystem.get(file.toUri(), S3.configuration());
        byte[] bytes;
        try (var in = files.open(file)) {
            bytes = in.readAllBytes();
        }
        try (var out = files.create(file, true)) {
            out.write(change.apply(bytes));
        }
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    @Test
    void whatHasEndedIsNotReadAgainAndStandsAsItWasRead() throws IOException {
        SweepStatus quick = status();

        assertThat(opened).isEmpty();
        assertThat(quick.counts()).isEqualTo(Map.of(RunState.COMPLETE, 2L, RunState.WAITING, 1L));
        FileSystem files = FileSystem.get(root, S3.configuration());
        assertThat(files.listStatus(new Path(root.toString(), "summaries"))).hasSize(2);
        files.delete(new Path(root.toString(), "summaries"), true);
        SweepStatus thorough = status();
        assertThat(opened).hasSize(2);
        assertThat(reports(quick)).isEqualTo(reports(thorough));
    }

    @Test
    void everyDamagedFileOfARunIsStillFound() throws IOException {
        FileSystem files = FileSystem.get(root, S3.configuration());
        Path run = new Path(trial("trials", 0));
        for (String folder : List.of("commits", "metrics")) {
            Path last = Arrays.stream(files.listStatus(new Path(run, folder)))
                    .filter(file -> file.getLen() > 0)
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .getPath();
            rewrite(last, S3SweepStatusIT::flipped);
            assertThat(status().trials().get(0).state()).as(folder).isNotEqualTo(RunState.COMPLETE);
            assertThat(opened).containsExactly(trial("trials", 0));
            rewrite(last, S3SweepStatusIT::flipped);
            assertThat(status().counts()).containsEntry(RunState.COMPLETE, 2L);
        }
        FileStatus[] commits = files.listStatus(new Path(run, "commits"));
        files.delete(commits[commits.length - 1].getPath(), false);
        TrialStatus damaged = status().trials().get(0);
        assertThat(damaged.damaged()).isTrue();
        assertThat(damaged.reason()).contains("says complete at step");
        assertThat(status().trials().get(1).state()).isEqualTo(RunState.COMPLETE);
    }

    @Test
    void aDamagedOrForeignSummaryIsPassedOver() throws IOException {
        FileSystem files = FileSystem.get(root, S3.configuration());
        Path first = new Path(trial("summaries", 0) + ".json");
        Path second = new Path(trial("summaries", 1) + ".json");
        rewrite(first, S3SweepStatusIT::flipped);
        SweepStatus status = status();
        assertThat(status.counts()).containsEntry(RunState.COMPLETE, 2L);
        assertThat(status.notices()).singleElement().asString().contains("summaries/", "is passed over");
        assertThat(opened).containsExactly(trial("trials", 0));

        try (var in = files.open(second)) {
            byte[] other = in.readAllBytes();
            rewrite(first, bytes -> other);
        }
        SweepStatus foreign = status();
        assertThat(opened).containsExactly(trial("trials", 0));
        assertThat(foreign.trials().get(0).status().flatMap(StatusReport::stateSha256))
                .isNotEqualTo(foreign.trials().get(1).status().flatMap(StatusReport::stateSha256));
    }

    /** A trial costs one GET, and what the client asks before it; a listing has a thousand files a page. */
    @Test
    void aTrialCostsTwoRequests() throws IOException {
        status();
        Map<String, Long> before = counters();
        status();
        Map<String, Long> during = counters();
        before.forEach((name, count) -> during.merge(name, -count, Long::sum));
        assertThat(during.get("action_http_get_request")).isEqualTo(2);
        assertThat(during.get("action_http_head_request")).isLessThanOrEqualTo(4);
        assertThat(during.get("object_list_request")).isLessThanOrEqualTo(4);
    }

    private Map<String, Long> counters() throws IOException {
        IOStatisticsSource source = (IOStatisticsSource) FileSystem.get(root, S3.configuration());
        return new TreeMap<>(source.getIOStatistics().counters());
    }
}
