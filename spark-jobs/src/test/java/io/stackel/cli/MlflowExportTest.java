package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.report.MlflowExport;
import io.stackel.report.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowExportTest {

    @TempDir
    Path folder;

    private FakeMlflow mlflow;

    @BeforeEach
    void start() throws IOException {
        mlflow = new FakeMlflow();
    }

    @AfterEach
    void stop() {
        mlflow.close();
    }

    private Path run(Object... more) {
        Path out = folder.resolve("run");
        Invocation run = Invocation.of(Stream.concat(
                        Stream.of(
                                "run",
                                Invocation.configuration("tiny.yaml", folder),
                                "--engine",
                                "local",
                                "--out",
                                out),
                        Stream.of(more))
                .toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return out;
    }

    private Invocation export(Path run) {
        return Invocation.of("export", run, "--mlflow", mlflow.address(), "--mlflow-experiment", "mine");
    }

    @Test
    void rowsGoToAFileAndToTheServerInOneCall() throws IOException {
        Path run = run();
        Path file = folder.resolve("rows.parquet");

        Invocation export = Invocation.of("export", run, "--metrics", file, "--mlflow", mlflow.address());

        assertThat(export.code()).as(export.err()).isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(mlflow.experiments).containsKey("stackel");
    }

    /** All rows of a run's chain, as they are on disk. */
    private static List<JsonNode> rows(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("metrics"))) {
            ObjectMapper mapper = new ObjectMapper();
            List<JsonNode> rows = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(mapper.readTree(line));
                }
            }
            return rows;
        }
    }

    /** The figures at an end that fell between two rows are sent like a row, as old as the run. */
    @Test
    void theFiguresAtTheEndAreSentToo() throws IOException {
        Path run = run("--set", "stop.iterations=10");

        export(run);

        JsonNode status = Invocation.of("status", run, "--json").json();
        List<JsonNode> ends = mlflow.metrics.stream()
                .filter(point -> point.path("step").asLong() == 10)
                .toList();
        assertThat(ends)
                .filteredOn(point -> point.path("key").asText().equals("upperObjective"))
                .singleElement()
                .satisfies(point -> assertThat(point.path("value").doubleValue())
                        .isEqualTo(status.path("upperObjective").doubleValue()));
        long last = mlflow.metrics.stream()
                .filter(point -> point.path("step").asLong() < 10)
                .mapToLong(point -> point.path("timestamp").asLong())
                .max()
                .orElseThrow();
        assertThat(ends).allMatch(point -> point.path("timestamp").asLong() >= last);
    }

    private static long numbers(List<JsonNode> rows) {
        return rows.stream().mapToLong(JsonNode::size).sum();
    }

    @Test
    void everyNumberArrivesOnceWithTheConfigurationAndTheHashes() throws IOException {
        Path run = run();

        Invocation first = export(run);

        assertThat(first.err()).startsWith("created file:");
        assertThat(mlflow.experiments).containsKey("mine");
        assertThat(mlflow.metrics).hasSize((int) numbers(rows(run)));
        JsonNode status = Invocation.of("status", run, "--json").json();
        assertThat(mlflow.tags.get("first"))
                .containsEntry("stackel.identity", status.path("identity").asText())
                .containsEntry("stackel.stateSha256", status.path("stateSha256").asText())
                .containsEntry("stackel.state", "complete");
        assertThat(mlflow.parameters).containsEntry("seed", "0").containsKey("upper.stepSize");
        assertThat(mlflow.status).isEqualTo("FINISHED");
        JsonNode last = rows(run).get(rows(run).size() - 1);
        assertThat(mlflow.metrics)
                .anySatisfy(point -> {
                    assertThat(point.path("key").asText()).isEqualTo("upperObjective");
                    assertThat(point.path("step").asLong())
                            .isEqualTo(last.path("iteration").asLong());
                    assertThat(point.path("value").doubleValue())
                            .isEqualTo(last.path("upperObjective").doubleValue());
                })
                .allSatisfy(
                        point -> assertThat(point.path("timestamp").asLong()).isGreaterThanOrEqualTo(1000));
    }

    @Test
    void aRunThatIsThereIsLeftAloneAndOneThatWentOnIsCompleted() throws IOException {
        Path run = run();
        export(run);
        int calls = mlflow.calls.size();

        assertThat(export(run).err()).startsWith("unchanged");
        assertThat(mlflow.calls.subList(calls, mlflow.calls.size()))
                .containsExactly("experiments/get-by-name", "runs/search");

        long before = numbers(rows(run));
        run("--set", "stop.iterations=21");
        assertThat(numbers(rows(run))).isGreaterThan(before);
        assertThat(export(run).err()).startsWith("completed");
        assertThat(mlflow.metrics).hasSize((int) numbers(rows(run)));
    }

    @Test
    void aServerThatRefusesIsAMistakeAndOneThatFailsIsTriedAgain() throws IOException {
        Path run = run();

        mlflow.refusal = 403;
        Invocation refused = export(run);
        mlflow.refusal = 503;
        Invocation failed = export(run);
        URI closed = mlflow.address();
        mlflow.close();
        Invocation gone = Invocation.of("export", run, "--mlflow", closed);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("answered experiments/get-by-name with 403: not for you");
        assertThat(failed.code()).isEqualTo(75);
        assertThat(gone.code()).isEqualTo(75);
        assertThat(gone.err()).contains("no answer from the MLflow server at " + closed);
    }

    @Test
    void secretsComeFromTheEnvironmentAlone() throws IOException {
        MlflowServer server = new MlflowServer(mlflow.address(), Map.of("MLFLOW_TRACKING_TOKEN", "t0ken"));
        new MlflowExport(server, "mine", Clock.systemUTC());

        assertThat(mlflow.authorizations).containsOnly("Bearer t0ken");
        assertThatThrownBy(() -> new MlflowServer(URI.create("http://me:secret@host"), Map.of()))
                .hasMessageContaining("must hold no credentials")
                .hasMessageNotContaining("secret@");
        assertThat(Invocation.of("export", run(), "--mlflow", "ftp://host").code())
                .isEqualTo(2);
    }
}
