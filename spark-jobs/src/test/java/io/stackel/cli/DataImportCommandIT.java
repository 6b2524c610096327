package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets by the command, and runs on them. */
class DataImportCommandIT {

    @TempDir
    static Path folder;

    private static Path table;
    private static Path configuration;
    private static JsonNode training;

    private static Invocation importing(Object rows, String to) {
        return Invocation.of(
                "data",
                "import",
                table,
                "--label",
                "y",
                "--rows",
                rows,
                "--rows-per-block",
                8,
                "--to",
                folder.resolve(to),
                "--master",
                "local[2]",
                "--json");
    }

    @BeforeAll
    static void importTwice() throws IOException {
        table = folder.resolve("table.csv");
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 60; i++) {
            double a = (i * 37 % 60) / 30.0 - 1;
            double b = (i * 23 % 60) / 30.0 - 1;
            text.append(String.format(Locale.ROOT, "%s,%s,%s%n", a, b, 2 * a - b + (i % 3) / 10.0));
        }
        Files.writeString(table, text);
        Invocation first = importing("0:40", "data/training");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err().lines())
                .containsSubsequence("reading 1 file, 0.0 MB of csv", "read 60 rows, 2 features");
        training = first.json();
        assertThat(importing("40:", "data/validation").code()).isZero();
        configuration = Invocation.write(folder.resolve("ridge.yaml"), """
                format: 1
                name: ridge
                problem: {name: hyper-parameters, training: data/training, validation: data/validation}
                algorithm: {name: first-order, sigma: 0.1}
                upper: {units: 2}
                lower: {innerSteps: 2, optimizer: sgd, stepSize: 0.2, units: 3}
                stop: {iterations: 6}
                evaluation: {every: 3}
                """);
    }

    private static Invocation run(Path out, Object... options) {
        Object[] arguments = new Object[options.length + 5];
        System.arraycopy(new Object[] {"run", configuration, "--out", out, "--json"}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return Invocation.of(arguments);
    }

    @Test
    void theResultNamesTheDataSet() {
        assertThat(training.path("rows").asInt()).isEqualTo(40);
        assertThat(training.path("blocks").asInt()).isEqualTo(5);
        assertThat(training.path("columns")).map(JsonNode::asText).containsExactly("a", "b");
        assertThat(training.path("sha256").asText()).hasSize(64);
    }

    @Test
    void enginesGiveTheSameHashesAndThePlaceIsNoPartOfARun() throws IOException {
        Path out = folder.resolve("run");
        Invocation local = run(out, "--engine", "local");
        assertThat(local.code()).as(local.err()).isZero();
        Invocation spark = run(folder.resolve("spark"), "--master", "local[2]", "--partitions", "3");
        assertThat(spark.hashes()).isEqualTo(local.hashes());

        Path elsewhere = folder.resolve("elsewhere");
        Files.createDirectories(elsewhere);
        Files.move(folder.resolve("data/validation"), elsewhere.resolve("moved"));
        try {
            Invocation again = run(out, "--engine", "local", "--set", "problem.validation=elsewhere/moved");
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.err()).contains("already complete");
        } finally {
            Files.move(elsewhere.resolve("moved"), folder.resolve("data/validation"));
        }
        Invocation other = run(out, "--engine", "local", "--set", "problem.validation=data/training");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("problem.validation: sha256:");
    }

    @Test
    void aDamagedBlockEndsBothEnginesAsDamagedData() throws IOException {
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy.resolve("blocks"));
        for (String name :
                new String[] {"dataset.json", "blocks/00000000.safetensors", "blocks/00000001.safetensors"}) {
            Files.copy(folder.resolve("data/validation").resolve(name), copy.resolve(name));
        }
        for (Object[] engine : new Object[][] {{"local", "--threads", 2}, {"spark", "--master", "local[2]"}}) {
            Invocation damaged = run(
                    folder.resolve("damaged"),
                    "--set",
                    "problem.validation=copy",
                    "--engine",
                    engine[0],
                    engine[1],
                    engine[2]);
            assertThat(damaged.err()).contains("blocks/00000002.safetensors is missing");
            assertThat(damaged.code()).isEqualTo(3);
        }
    }

    @Test
    void mistakesAreToldWithTheirExitCodes() throws IOException {
        Invocation there = importing("0:40", "data/training");
        assertThat(there.code()).isEqualTo(2);
        assertThat(there.err()).contains("there is a data set at").contains("give another place with --to");
        Invocation range = importing("5", "new");
        assertThat(range.code()).isEqualTo(2);
        assertThat(range.err()).contains("--rows must be FROM:TO, but was 5");
        Invocation absent = run(folder.resolve("absent"), "--set", "problem.training=nowhere");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err())
                .contains("problem.training must be a data set that 'stackel data import' made, but there is neither");
        Path broken = Files.writeString(folder.resolve("broken.csv"), "a,b,y\n1,2,\n");
        Invocation data =
                Invocation.of("data", "import", broken, "--label", "y", "--to", folder.resolve("new"), "--threads", 1);
        assertThat(data.code()).isEqualTo(3);
        assertThat(data.err()).contains("broken.csv, line 2, column y: must be a finite number, but is missing");
        assertThat(data.out()).isEmpty();
    }

    /** Text and the first line of it, which are read by Spark and by this process. */
    @ParameterizedTest
    @CsvSource({"cut.csv.gz, 900", "short.csv.gz, 11", "cut.libsvm.gz, 900"})
    void aCompressedFileThatWasCutOffIsNamed(String name, int kept) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            StringBuilder text = new StringBuilder(name.contains("csv") ? "y,a\n" : "");
            for (int i = 0; i < 1000; i++) {
                int value = i * 7919 % 10_007;
                text.append(name.contains("csv") ? i + "," + value + "\n" : i + " 1:" + value + "\n");
            }
            packed.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve(name);
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), kept));

        Invocation broken = Invocation.of(
                "data", "import", file, "--label", "y", "--to", folder.resolve("none"), "--master", "local[2]");

        assertThat(broken.code()).as(broken.err()).isEqualTo(3);
        assertThat(broken.err())
                .contains("stackel: file:" + file + " cannot be decompressed: ")
                .contains("bring the whole file again")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("none/dataset.json")).doesNotExist();
    }
}
