package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.algorithm.Safetensors;
import io.stackel.math.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    private static final Path ORACLE =
            Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");

    @TempDir
    Path folder;

    private Path run(String configuration) {
        Path out = folder.resolve("run");
        Invocation run = Invocation.of(
                "run", Invocation.configuration(configuration, folder), "--engine", "local", "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        return out;
    }

    @Test
    void everyFormatHoldsTheSameNumbers() throws IOException {
        Path out = run("tiny.yaml");
        Path binary = folder.resolve("answer.safetensors");

        JsonNode json = Invocation.of("export", out).json();
        List<String> csv =
                Invocation.of("export", out, "--format", "csv").out().lines().toList();
        assertThat(Invocation.of("export", out, "--format", "safetensors", "--to", binary)
                        .err())
                .isEqualTo("wrote " + binary + "\n");

        Tensor.Real x = (Tensor.Real)
                Safetensors.decodeTensors(Files.readAllBytes(binary)).get("x");
        assertThat(json.path("x")).hasSize(15);
        assertThat(csv).first().isEqualTo("array,i,j,k,value");
        for (int i = 0; i < 15; i++) {
            double value = json.path("x").get(i).doubleValue();
            assertThat(value).isEqualTo(x.values()[i]).isNotZero();
            assertThat(csv).contains("x," + i + ",,," + value);
        }
        assertThat(csv)
                .contains("policy,4,2,," + json.path("policy").get(4).get(2).doubleValue());
    }

    @Test
    void rowsOfPoliciesAreProbabilitiesInEveryContext() {
        JsonNode json = Invocation.of("export", run("tiny-rooms.yaml")).json();

        assertThat(json.path("policy")).hasSize(2);
        for (JsonNode context : json.path("policy")) {
            assertThat(context).hasSize(104);
            for (JsonNode row : context) {
                double sum = 0;
                for (JsonNode probability : row) {
                    sum += probability.doubleValue();
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
            }
        }
        assertThat(json.path("value")).hasSize(2).allMatch(values -> values.size() == 104);
        assertThat(json.path("name").textValue()).isEqualTo("tiny-rooms");
        assertThat(json.path("iteration").longValue()).isEqualTo(6);
    }

    @Test
    void problemFileIsFoundAgainFromAnywhereAndItsChangeIsNoticed() throws IOException {
        Path problem = Files.copy(ORACLE.resolve("stackelberg.json"), folder.resolve("game.json"));
        Path configuration = Files.writeString(folder.resolve("game.yaml"), """
                format: 1
                name: game
                problem: {file: game.json}
                policy: {name: tabular-softmax}
                algorithm: {name: exact}
                lower: {solver: planned}
                sampling: {horizon: 10}
                stop: {iterations: 3}
                """);
        Path out = folder.resolve("run");
        assertThat(Invocation.of("run", configuration, "--out", out).code()).isZero();

        JsonNode json = Invocation.of("export", out).json();
        assertThat(json.path("leaderPolicy")).isNotEmpty();

        Files.writeString(problem, Files.readString(problem).replaceFirst("\"tau\": [0-9.]+", "\"tau\": 0.3"));
        Invocation changed = Invocation.of("export", out);
        assertThat(changed.code()).isEqualTo(3);
        assertThat(changed.err()).contains("has changed");
        Invocation again = Invocation.of("run", configuration, "--out", out);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("problem.file: sha256:");
        Files.delete(problem);
        assertThat(Invocation.of("export", out).err()).contains("must be a file that exists");
    }

    @Test
    void metricsOfSeveralRunsBecomeRowsOfParquet() throws IOException {
        Path first = run("tiny.yaml");
        Path second = folder.resolve("rooms");
        Invocation.of("run", Invocation.configuration("tiny-rooms.yaml", folder), "--engine", "local", "--out", second);
        Path parquet = folder.resolve("rows.parquet");
        assertThat(Invocation.of("export", first, second).code()).isEqualTo(2);

        Invocation export = Invocation.of("export", first, second, "--metrics", parquet);

        assertThat(export.code()).as(export.err()).isZero();
        List<JsonNode> rows = new ArrayList<>();
        for (Path run : List.of(first, second)) {
            try (Stream<Path> files = Files.list(run.resolve("metrics"))) {
                for (Path file : files.sorted().toList()) {
                    for (String line : Files.readAllLines(file)) {
                        rows.add(new ObjectMapper().readTree(line));
                    }
                }
            }
        }
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(parquet.toUri()))
                .build()) {
            for (JsonNode row : rows) {
                Group group = reader.read();
                assertThat(group.getLong("iteration", 0))
                        .isEqualTo(row.path("iteration").longValue());
                assertThat(group.getDouble("upperObjective", 0))
                        .isEqualTo(row.path("upperObjective").doubleValue());
                assertThat(group.getFieldRepetitionCount("gradientNorm")).isEqualTo(row.has("gradientNorm") ? 1 : 0);
            }
            assertThat(reader.read()).isNull();
        }
        assertThat(export.err()).startsWith("wrote " + rows.size() + " rows of 2 runs to ");
    }

    @Test
    void rowsOfASweepHaveSeedAlgorithmTimeAndEveryVariedKey() throws IOException {
        Path configuration = Invocation.configuration("tiny-rooms.yaml", folder);
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"),
                "{format: 1, name: steps, configuration: " + configuration.getFileName()
                        + ", seeds: 3..4, grid: {upper.stepSize: [0.1, 0.2], upper.optimizer: [adam, sgd]}}");
        Path out = folder.resolve("steps");
        Path parquet = folder.resolve("rows.parquet");
        Invocation.of("sweep", "plan", sweep, "--out", out);
        Invocation early = Invocation.of("export", out, "--metrics", parquet);
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("none of the 0 runs has a commit yet; export them after the first one");
        assertThat(parquet).doesNotExist();
        assertThat(Invocation.of("sweep", "run", sweep, "--out", out).code()).isZero();

        Invocation export = Invocation.of("export", out, "--metrics", parquet);

        assertThat(export.code()).as(export.err()).isZero();
        List<Group> rows = parquet(parquet);
        assertThat(rows.get(0).getType().getFields().subList(0, 9))
                .extracting(Type::getName)
                .containsExactly(
                        "run",
                        "identity",
                        "problem",
                        "algorithm",
                        "seed",
                        "upper.optimizer",
                        "upper.stepSize",
                        "wallSeconds",
                        "last");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getString("problem", 0)).isEqualTo("four-rooms");
            assertThat(row.getDouble("wallSeconds", 0)).isPositive();
        });
        List<Group> last =
                rows.stream().filter(row -> row.getBoolean("last", 0)).toList();
        assertThat(last)
                .extracting(row -> row.getLong("seed", 0) + " " + row.getString("upper.optimizer", 0) + " "
                        + row.getDouble("upper.stepSize", 0))
                .containsExactlyInAnyOrder(
                        "3 adam 0.1",
                        "3 adam 0.2",
                        "3 sgd 0.1",
                        "3 sgd 0.2",
                        "4 adam 0.1",
                        "4 adam 0.2",
                        "4 sgd 0.1",
                        "4 sgd 0.2");
        assertThat(last)
                .extracting(row -> row.getLong("iteration", 0))
                .containsOnly(last.get(0).getLong("iteration", 0));
    }

    private static List<Group> parquet(Path file) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Long> iterations(List<Group> rows) {
        return rows.stream().map(row -> row.getLong("iteration", 0)).toList();
    }

    /** In the export, not in the metrics, whose hash must not tell where a run once ended. */
    @Test
    void figuresAtAnEndBetweenTwoRowsAreTheLastRowUntilTheRunGoesOn() throws IOException {
        Path configuration = Invocation.configuration("tiny.yaml", folder);
        Path out = folder.resolve("run");
        Path parquet = folder.resolve("rows.parquet");
        JsonNode status = Invocation.of(
                        "run",
                        configuration,
                        "--engine",
                        "local",
                        "--json",
                        "--out",
                        out,
                        "--set",
                        "stop.iterations=10")
                .json();
        assertThat(Invocation.of("export", out, "--metrics", parquet).err()).startsWith("wrote 5 rows of 1 runs");
        List<Group> rows = parquet(parquet);
        assertThat(iterations(rows)).containsExactly(0L, 3L, 6L, 9L, 10L);
        Group last = rows.get(4);
        assertThat(last.getLong("samples", 0)).isEqualTo(status.path("samples").longValue());
        for (String key : List.of("upperObjective", "upperObjectiveAtBestResponse", "lowerGap")) {
            assertThat(last.getDouble(key, 0))
                    .as("%s, as status and compare have it", key)
                    .isEqualTo(status.path(key).doubleValue())
                    .isNotEqualTo(rows.get(3).getDouble(key, 0));
        }
        assertThat(last.getDouble("gradientNorm", 0)).isNotEqualTo(rows.get(3).getDouble("gradientNorm", 0));

        Invocation extended = Invocation.of("run", configuration, "--engine", "local", "--json", "--out", out);
        Invocation.of("export", out, "--metrics", parquet);

        assertThat(iterations(parquet(parquet))).containsExactly(0L, 3L, 6L, 9L, 12L);
        Invocation through =
                Invocation.of("run", configuration, "--engine", "local", "--json", "--out", folder.resolve("through"));
        assertThat(extended.hashes()).isEqualTo(through.hashes());
    }

    /** What stands committed then is not the state that was measured. */
    @Test
    void aRunThatStoppedAfterAnExtensionHasNoRowOfItsFormerEnd() throws IOException {
        Path configuration = Invocation.configuration("tiny.yaml", folder);
        Path out = folder.resolve("run");
        Object[] run = {"run", configuration, "--engine", "local", "--out", out};
        Invocation.of("run", configuration, "--engine", "local", "--out", out, "--set", "stop.iterations=10");
        assertThat(Invocation.stoppedAfter(5, run).code()).isEqualTo(75);
        Path parquet = folder.resolve("rows.parquet");

        Invocation.of("export", out, "--metrics", parquet);

        assertThat(iterations(parquet(parquet))).containsExactly(0L, 3L, 6L, 9L);
    }

    @Test
    void perturbedPoliciesAreExportedByName() {
        JsonNode json = Invocation.of("export", run("tiny.yaml")).json();

        assertThat(json.path("parametersMinus")).hasSize(15);
        assertThat(json.path("parametersPlus")).hasSize(15).isNotEqualTo(json.path("parameters"));
        assertThat(json.path("parameters")).hasSize(15).isNotEqualTo(json.path("parametersMinus"));
    }

    @Test
    void placeWithoutARunIsRefused() {
        Invocation export = Invocation.of("export", folder.resolve("nothing"));

        assertThat(export.code()).isEqualTo(2);
        assertThat(export.err()).contains("there is no run at");
        assertThat(export.out()).isEmpty();
    }
}
