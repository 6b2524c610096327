package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleComplexityCommandTest {

    @TempDir
    Path folder;

    private Path configuration;

    @BeforeEach
    void writeASmallStudy() throws IOException {
        configuration = Files.writeString(folder.resolve("small.yaml"), """
                format: 1
                name: small
                seed: 0
                problem: {name: reward-design, states: 3, actions: 2, discount: 0.6, entropyWeight: 0.2, cost: 0.05}
                policy: {name: tabular-softmax}
                algorithm: {name: first-order, sigma: 0.1}
                upper: {optimizer: sgd, stepSize: 0.1, units: 8}
                lower: {solver: planned}
                sampling: {horizon: 6, unitsPerChunk: 8}
                stop: {iterations: 10}
                """);
    }

    private Invocation study(String out, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "lab",
                "sample-complexity",
                configuration,
                "--schemes",
                "coupled,one-sided",
                "--shares",
                "0.8,0.6,0.5",
                "--tuning-seeds",
                "0",
                "--seeds",
                "100..101",
                "--cap",
                "4000000",
                "--out",
                folder.resolve(out)));
        words.addAll(List.of(more));
        return Invocation.of(words.toArray());
    }

    private static JsonNode cells(Invocation study) {
        return study.json().path("schemes");
    }

    @Test
    void aStudyMeasuresEverySchemeAtEveryAccuracyAndWritesAPage() throws IOException {
        Invocation study = study("one", "--threads", 1);

        assertThat(study.code()).as(study.err()).isZero();
        assertThat(study.out()).contains("scheme").contains("coupled").contains("one-sided");
        String page = Files.readString(folder.resolve("one/report.html"));
        assertThat(page)
                .contains("Stackel laboratory")
                .contains("mean of the whole run")
                .contains("eps^-2.5\"");
        assertThat(folder.resolve("one/results.json")).exists();
        assertThat(study.err())
                .contains("tuning within 50000 steps: 108 cells, 108 to run")
                .contains("measuring: 12 cells, 12 to run");
    }

    @Test
    void theSameStudyInsideSparkTasksHasTheSameCountsAndWhatIsThereIsNotRunAgain() {
        Invocation threads = study("threads", "--json", "--threads", 2);
        Invocation spark = study("spark", "--json", "--master", "local[2]");
        Invocation again = study("threads", "--json");

        assertThat(spark.code()).as(spark.err()).isZero();
        assertThat(cells(spark)).isEqualTo(cells(threads)).hasSize(2);
        assertThat(cells(spark).path(0).path("cells")).hasSize(6);
        assertThat(again.out()).isEqualTo(threads.out());
        assertThat(again.err())
                .contains("tuning within 50000 steps: 108 cells, 0 to run")
                .contains("measuring: 12 cells, 0 to run");
    }

    @Test
    void aStudyThatWasStoppedGoesOn() {
        Invocation stopped = Invocation.stoppedAfter(
                100,
                "lab",
                "sample-complexity",
                configuration,
                "--schemes",
                "coupled",
                "--shares",
                "0.8,0.6,0.5",
                "--out",
                folder.resolve("stopped"));

        assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
        assertThat(stopped.err()).contains("the same command goes on");
    }

    private void refused(String sentence, Object... more) {
        List<Object> words = new ArrayList<>(List.of("lab", "sample-complexity", configuration));
        words.addAll(List.of(more));
        Invocation refused = Invocation.of(words.toArray());

        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(sentence);
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        refused("--schemes must be names of one-sided, two-sided", "--schemes", "none");
        refused("--shares must have at least 3 numbers", "--shares", "0.5,0.6,0.7");
        refused("both have [0, 1, 2]", "--seeds", "0..3");
        refused("--cap must be at least 1", "--cap", "0");
        refused("problem.entropyWeight above 0", "--set", "problem.entropyWeight=0");
    }
}
