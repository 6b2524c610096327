package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A line of {@code golden.txt}: a configuration with some settings, and the hashes of its run.
 *
 * @param configuration a file of {@code conf/experiments} or of these tests
 * @param settings each as for {@code --set}, where $DATA stands for a folder of data sets, or {@code section={...}}
 * @param state the first digits of the state's hash
 * @param metrics the first digits of the metrics' hash
 */
record GoldenLine(String configuration, List<String> settings, String state, String metrics) {

    static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    static final Path EXPERIMENTS = PROJECT.resolve("conf/experiments");

    private static final Path SAMPLE = PROJECT.resolve("deploy/examples/mnist/sample.libsvm");
    private static final Pattern SECTION = Pattern.compile("([a-z]+)=(\\{.*\\})");
    private static final int DIGITS = 24;

    static GoldenLine parse(String text) {
        String[] sides = text.split(" => ", -1);
        String[] words = sides[0].split(" +(?![^{]*\\})");
        String[] hashes = sides[1].split(" ", -1);
        return new GoldenLine(words[0], List.of(words).subList(1, words.length), hashes[0], hashes[1]);
    }

    /** The lines of the table. */
    static List<GoldenLine> table() {
        return Invocation.text("golden.txt")
                .lines()
                .filter(GoldenLine::isRun)
                .map(GoldenLine::parse)
                .toList();
    }

    static boolean isRun(String line) {
        return line.contains(" => ");
    }

    /** The configuration with its sections replaced, as a file in the folder that has the data sets. */
    Path write(Path folder, String name) throws IOException {
        Path shipped = EXPERIMENTS.resolve(configuration);
        String text = Files.exists(shipped) ? Files.readString(shipped) : Invocation.text(configuration);
        for (String setting : settings) {
            Matcher section = SECTION.matcher(setting);
            if (section.matches()) {
                Pattern old = Pattern.compile("(?m)^" + section.group(1) + ": \\{.*\\}$");
                assertThat(old.matcher(text).find()).as(setting).isTrue();
                text = old.matcher(text)
                        .replaceFirst(section.group(1) + ": " + section.group(2).replace("$DATA", folder.toString()));
            }
        }
        return Files.writeString(folder.resolve(name), text);
    }

    /** The settings that {@code --set} takes, each after that word. */
    List<String> overrides(Path data) {
        List<String> words = new ArrayList<>();
        for (String setting : settings) {
            if (!SECTION.matcher(setting).matches()) {
                words.add("--set");
                words.add(setting.replace("$DATA", data.toString()));
            }
        }
        return words;
    }

    /** The line with the hashes that a run has now. */
    GoldenLine measured(Path folder, int number) throws IOException {
        List<Object> words = new ArrayList<>(List.of("run", write(folder, number + "-" + configuration)));
        words.addAll(overrides(folder));
        words.addAll(List.of("--engine", "local", "--json", "--out", folder.resolve(String.valueOf(number))));
        Invocation run = Invocation.of(words.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode status = run.json();
        return new GoldenLine(
                configuration,
                settings,
                status.path("stateSha256").textValue().substring(0, DIGITS),
                status.path("metricsSha256").textValue().substring(0, DIGITS));
    }

    String name() {
        return settings.isEmpty() ? configuration : configuration + " " + String.join(" ", settings);
    }

    @Override
    public String toString() {
        return name() + " => " + state + " " + metrics;
    }

    /** Writes digits of MNIST into data sets {@code training} and {@code validation}, in the order of the sample. */
    static void writeDigits(Path folder) throws IOException {
        List<String> rows = Files.readAllLines(SAMPLE);
        write(folder.resolve("training"), rows.subList(0, 20));
        write(folder.resolve("validation"), rows.subList(20, 40));
    }

    private static void write(Path place, List<String> rows) {
        int columns = 784;
        int blockRows = 5;
        DataSetDirectory directory = new DataSetDirectory(Stores.open(
                place.toUri(),
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
                IntStream.range(0, columns).mapToObj(i -> "pixel" + i).toList();
        directory.complete(new DataSetFile(rows.size(), blockRows, "label", names, blocks, Optional.empty(), Map.of()));
    }
}
