package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.Experiment;
import io.stackel.store.DataSetDirectory;
import io.stackel.store.DataSetFile;
import io.stackel.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bits of a run are a decision: both hashes of every shipped configuration and of every algorithm on small ones, after
 * a few iterations, are those of {@code golden.txt}.
 *
 * <p>A line there is {@code CONFIGURATION SETTING... => STATE METRICS}, hashes without their last 40 digits. A setting is
 * as for {@code --set}, or {@code section={...}}, which takes the place of a whole section. Where bits change on purpose,
 * raise {@link Experiment#NUMERICS_VERSION}, say why in its commit, and copy {@code target/golden.txt}, which has the lines of
 * now, over the table.
 */
class GoldenHashesTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path EXPERIMENTS = PROJECT.resolve("conf/experiments");
    private static final Path SAMPLE = PROJECT.resolve("deploy/examples/mnist/sample.libsvm");
    private static final Pattern SECTION = Pattern.compile("([a-z]+)=(\\{.*\\})");
    private static final int DIGITS = 24;

    private static final Map<String, String> NOW = new TreeMap<>();

    @TempDir
    static Path folder;

    /** A line of the table. */
    private record Line(String configuration, List<String> settings, String state, String metrics) {

        static Line parse(String text) {
            String[] sides = text.split(" => ", -1);
            String[] words = sides[0].split(" +(?![^{]*\\})");
            String[] hashes = sides[1].split(" ");
            return new Line(words[0], List.of(words).subList(1, words.length), hashes[0], hashes[1]);
        }

        /** The line with the hashes that a run has now. */
        Line measured(int number) throws IOException {
            Path file = write(folder.resolve(number + "-" + configuration));
            List<Object> words = new ArrayList<>(List.of(
                    "run", file, "--engine", "local", "--json", "--out", folder.resolve(String.valueOf(number))));
            settings.stream()
                    .filter(setting -> !SECTION.matcher(setting).matches())
                    .forEach(setting -> {
                        words.add("--set");
                        words.add(setting.replace("$DATA", folder.toString()));
                    });
            Invocation run = Invocation.of(words.toArray());
            assertThat(run.code()).as(run.err()).isZero();
            JsonNode status = run.json();
            return new Line(
                    configuration,
                    settings,
                    status.path("stateSha256").textValue().substring(0, DIGITS),
                    status.path("metricsSha256").textValue().substring(0, DIGITS));
        }

        /** The configuration with its sections replaced. */
        private Path write(Path file) throws IOException {
            Path shipped = EXPERIMENTS.resolve(configuration);
            String text = Files.exists(shipped) ? Files.readString(shipped) : Invocation.text(configuration);
            for (String setting : settings) {
                Matcher section = SECTION.matcher(setting);
                if (section.matches()) {
                    Pattern old = Pattern.compile("(?m)^" + section.group(1) + ": \\{.*\\}$");
                    assertThat(old.matcher(text).find()).as(setting).isTrue();
                    text = old.matcher(text).replaceFirst(section.group(1) + ": " + section.group(2));
                }
            }
            return Files.writeString(file, text);
        }

        @Override
        public String toString() {
            return name() + " => " + state + " " + metrics;
        }

        String name() {
            return settings.isEmpty() ? configuration : configuration + " " + String.join(" ", settings);
        }
    }

    /** Digits of MNIST, as {@code data import} would lay them out but for their order. */
    @BeforeAll
    static void writeDigits() throws IOException {
        List<String> rows = Files.readAllLines(SAMPLE);
        write(rows.subList(0, 20), "training");
        write(rows.subList(20, 40), "validation");
    }

    private static void write(List<String> rows, String name) {
        int columns = 784;
        int blockRows = 5;
        DataSetDirectory directory = new DataSetDirectory(Stores.open(
                folder.resolve(name).toUri(),
                () -> {
                    throw new AssertionError("a local disk must be written without Hadoop");
                },
                false));
        List<DataSetFile.Block> blocks = new ArrayList<>();
        for (int first = 0; first < rows.size(); first += blockRows) {
            double[] features = new double[blockRows * columns];
            double[] labels = new double[blockRows];
            for (int row = 0; row < blockRows; row++) {
                String[] words = rows.get(first + row).split(" ", -1);
                labels[row] = Double.parseDouble(words[0]);
                for (String cell : Arrays.asList(words).subList(1, words.length)) {
                    int colon = cell.indexOf(':');
                    int column = Integer.parseInt(cell.substring(0, colon)) - 1;
                    features[row * columns + column] = Double.parseDouble(cell.substring(colon + 1));
                }
            }
            blocks.add(directory.write(blocks.size(), columns, features, labels));
        }
        List<String> names =
                Stream.iterate(0, i -> i + 1).limit(columns).map(i -> "f" + i).toList();
        directory.complete(new DataSetFile(rows.size(), blockRows, "label", names, blocks, Map.of()));
    }

    private static List<String> table() {
        return Invocation.text("golden.txt").lines().toList();
    }

    private static boolean isRun(String line) {
        return line.contains(" => ");
    }

    private static String version() {
        return "# numericsVersion " + Experiment.NUMERICS_VERSION;
    }

    private static List<Line> lines() {
        return table().stream().filter(GoldenHashesTest::isRun).map(Line::parse).toList();
    }

    @TestFactory
    Stream<DynamicTest> hashesAreThoseThatWerePinned() {
        List<Line> lines = lines();
        return Stream.iterate(0, i -> i + 1).limit(lines.size()).map(i -> {
            Line line = lines.get(i);
            return dynamicTest(line.name(), () -> {
                String now = line.measured(i).toString();
                NOW.put(line.name(), now);
                assertThat(now).isEqualTo(line.toString());
            });
        });
    }

    @Test
    void tableIsOfThisVersionAndHasEveryShippedConfiguration() throws IOException {
        assertThat(table().get(0)).isEqualTo(version());
        try (Stream<Path> shipped = Files.list(EXPERIMENTS)) {
            assertThat(lines().stream().map(Line::configuration).collect(Collectors.toSet()))
                    .containsAll(
                            shipped.map(file -> file.getFileName().toString()).toList());
        }
    }

    @AfterAll
    static void writeTableAnew() throws IOException {
        List<String> text = new ArrayList<>(List.of(version()));
        for (String line : table().subList(1, table().size())) {
            text.add(isRun(line) ? NOW.getOrDefault(Line.parse(line).name(), line) : line);
        }
        Files.write(PROJECT.resolve("spark-jobs/target/golden.txt"), text);
    }
}
