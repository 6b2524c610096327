package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.run.SystemSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps inside real Spark tasks. */
class SweepCommandIT {

    /** With f2sa in the place of independent, which fits models to data, three of the nine trials cannot run. */
    private static final String SWEEP = """
            format: 1
            name: some
            configuration: tiny.yaml
            set: {stop.iterations: 4}
            seeds: 0..2
            grid:
              algorithm:
                - {name: first-order, sigma: 0.2}
                - {name: first-order, sigma: 0.3}
                - {name: independent}
            """;

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    @TempDir
    Path folder;

    private Path text;
    private Path sweep;

    @BeforeEach
    void write() throws IOException {
        Invocation.configuration("tiny.yaml", folder);
        text = folder.resolve("some.yaml");
        sweep = folder.resolve("sweep");
        Files.writeString(text, SWEEP);
    }

    private Invocation run(Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("sweep", "run", text, "--out", sweep, "--master", "local[2]", "--json"));
        words.addAll(List.of(more));
        return Invocation.of(words.toArray());
    }

    private static Map<String, JsonNode> runs(JsonNode status) {
        Map<String, JsonNode> runs = new TreeMap<>();
        status.path("trials").forEach(trial -> runs.put(trial.path("name").asText(), trial.path("run")));
        return runs;
    }

    @Test
    void trialsAreTheSameRunsAsSingleOnesAndCostNothingTheSecondTime() throws IOException {
        Invocation first = run();
        assertThat(first.code()).as(first.err()).isZero();
        Map<String, JsonNode> trials = runs(first.json());
        assertThat(trials)
                .hasSize(9)
                .allSatisfy((name, status) ->
                        assertThat(status.path("state").asText()).isEqualTo("complete"));
        JsonNode plan = new ObjectMapper().readTree(sweep.resolve("plan.json").toFile());
        Map<Path, FileTime> before = written();

        for (int number : new int[] {0, 4, 8}) {
            JsonNode trial = plan.path("trials").get(number);
            Path alone = Files.writeString(
                    folder.resolve("alone-" + number + ".json"),
                    trial.path("configuration").toString());
            Invocation single = Invocation.of(
                    "run", alone, "--engine", "local", "--out", folder.resolve("run-" + number), "--json");
            assertThat(single.code()).as(single.err()).isZero();
            JsonNode same = trials.get(trial.path("name").asText());
            assertThat(single.json().path("stateSha256")).isEqualTo(same.path("stateSha256"));
            assertThat(single.json().path("metricsSha256")).isEqualTo(same.path("metricsSha256"));
        }
        Invocation second = run();

        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("0 to run");
        assertThat(written()).isEqualTo(before);
        Invocation report = Invocation.of("sweep", "report", sweep);
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(sweep.resolve("report.html")).content().contains("Stackel sweep report", "9 runs of 3 settings");
    }

    private Map<Path, FileTime> written() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (var files = Files.walk(sweep)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void poisonedTrialsFailAloneWithTheirCauseAndAreRetriedAlone() throws IOException {
        Files.writeString(text, SWEEP.replace("independent", "f2sa"));

        Invocation broken = run();

        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.json().path("counts").toString()).isEqualTo("{\"complete\":6,\"failed\":3}");
        for (JsonNode trial : broken.json().path("trials")) {
            boolean poisoned = trial.path("axes").path("algorithm").asText().equals("f2sa");
            assertThat(trial.path("state").asText()).isEqualTo(poisoned ? "failed" : "complete");
            assertThat(trial.path("reason").asText().contains("f2sa")).isEqualTo(poisoned);
        }
        assertThat(run().err()).contains("0 to run");

        Invocation again = Invocation.of("sweep", "retry", sweep, "--failed", "--threads", "2");

        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("3 to run").contains("3/3 trials ended, 3 did not complete");
        assertThat(again.out()).contains("complete 6").contains("3 failed: ").contains("stackel sweep retry");
    }

    @Test
    void oneByOneOverSparkTheBitsAreTheSame() throws IOException {
        JsonNode inside = run().json();
        Invocation spread = Invocation.of(
                "sweep",
                "run",
                text,
                "--out",
                folder.resolve("spread"),
                "--engine",
                "spark",
                "--threads",
                "2",
                "--json");

        assertThat(spread.code()).as(spread.err()).isZero();
        Map<String, JsonNode> expected = runs(inside);
        runs(spread.json())
                .forEach((name, status) -> assertThat(status.path("stateSha256"))
                        .isEqualTo(expected.get(name).path("stateSha256")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "spark"})
    void signalLetsTheTrialInFlightCommit(String engine) throws IOException, InterruptedException {
        Files.writeString(text, """
                format: 1
                name: one
                configuration: tiny.yaml
                set: {stop.iterations: 1000000, checkpoint.every: 1}
                """);
        Object[] command = {"sweep", "run", text, "--out", sweep, "--engine", engine, "--threads", "1", "--json"};
        JsonNode plan = Invocation.of("sweep", "plan", text, "--out", sweep, "--format", "json")
                .json();
        String name = plan.path("trials").get(0).path("name").asText();
        Path commits = Files.createDirectories(sweep.resolve("trials/" + name + "/commits"));
        try (CommandProcess process = CommandProcess.start(folder, List.of(), command)) {
            process.awaitFiles(commits, 3);
            assertThat(process.terminate(8)).as(process.err()).isEqualTo(75);
        }
        JsonNode stopped = Invocation.of("sweep", "status", sweep, "--json")
                .json()
                .path("trials")
                .get(0);
        assertThat(stopped.path("state").asText()).isEqualTo("stopped");
        assertThat(stopped.path("run").path("exitCode").intValue()).isEqualTo(75);
        assertThat(stopped.path("run").path("retryable").booleanValue()).isTrue();
    }

    @Test
    void whereSparkGivesUpTheSameCommandGoesOn() {
        settings.set("spark.driver.maxResultSize", "1b");
        Invocation gaveUp = run();

        assertThat(gaveUp.code()).as(gaveUp.err()).isEqualTo(75);
        assertThat(gaveUp.err())
                .contains("Spark gave up before all trials had ended: Job aborted", "the same command goes on")
                .doesNotContain("mistake in Stackel");
        settings.set("spark.driver.maxResultSize", "1g");
        Invocation again = run();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().path("counts").toString()).isEqualTo("{\"complete\":9}");
    }

    @Test
    void airflowGetsTheWordsOfEachTrial() throws IOException {
        Invocation planned = Invocation.of("sweep", "plan", text, "--out", sweep, "--format", "airflow");

        JsonNode entries = new ObjectMapper().readTree(planned.out());

        assertThat(entries).hasSize(9);
        JsonNode words = entries.get(0).path("application_args");
        assertThat(words.get(0).asText()).isEqualTo("sweep");
        assertThat(words.get(3).asText()).isEqualTo("--trial");
        Invocation one =
                Invocation.of("sweep", "run", sweep, "--trial", words.get(4).asText(), "--threads", "1");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.out()).contains("trials   1").contains("complete 1");
        assertThat(Invocation.of("sweep", "run", sweep, "--trial", "none").err())
                .contains("--trial must be a trial of the plan, but was none");
    }

    @Test
    void algorithmsAreComparedAtTheSameSeedsAndBudget() {
        Invocation compared = Invocation.of(
                "compare",
                folder.resolve("tiny.yaml"),
                "--algorithms",
                "first-order,independent,f2sa",
                "--seeds",
                "0..4",
                "--budget",
                "60000",
                "--set",
                "stop.iterations=1000",
                "--out",
                sweep,
                "--threads",
                "2",
                "--json");

        assertThat(compared.code()).as(compared.err()).isEqualTo(3);
        JsonNode sides = compared.json().path("algorithms");
        assertThat(compared.json().path("seeds")).hasSize(5);
        for (int side : new int[] {0, 1}) {
            double samples = sides.get(side).path("lowerSamples").doubleValue()
                    + sides.get(side).path("upperSamples").doubleValue();
            assertThat(samples).isBetween(60_000.0, 66_000.0);
            assertThat(sides.get(side).path("complete").intValue()).isEqualTo(5);
        }
        assertThat(sides.get(1).path("verdict").asText()).isEqualTo("worse");
        assertThat(sides.get(2).path("verdict").asText()).isEqualTo("no run complete");
    }
}
