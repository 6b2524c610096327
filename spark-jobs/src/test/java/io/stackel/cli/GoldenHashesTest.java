package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stackel.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * <p>A line there is {@code CONFIGURATION SETTING... => STATE METRICS}. Where bits change on purpose, raise {@link
 * Experiment#NUMERICS_VERSION}, say why in its commit, and copy {@code target/golden.txt}, which has the lines of now, over
 * the table.
 */
class GoldenHashesTest {

    private static final Map<String, String> NOW = new TreeMap<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeDigits() throws IOException {
        GoldenLine.writeDigits(folder);
    }

    private static List<String> table() {
        return Invocation.text("golden.txt").lines().toList();
    }

    private static String version() {
        return "# numericsVersion " + Experiment.NUMERICS_VERSION;
    }

    @TestFactory
    Stream<DynamicTest> hashesAreThoseThatWerePinned() {
        List<GoldenLine> lines = GoldenLine.table();
        return IntStream.range(0, lines.size()).mapToObj(i -> {
            GoldenLine line = lines.get(i);
            return dynamicTest(line.name(), () -> {
                String now = line.measured(folder, i).toString();
                NOW.put(line.name(), now);
                assertThat(now).isEqualTo(line.toString());
            });
        });
    }

    @Test
    void tableIsOfThisVersionAndHasEveryShippedConfiguration() throws IOException {
        assertThat(table().get(0)).isEqualTo(version());
        try (Stream<Path> shipped = Files.list(GoldenLine.EXPERIMENTS)) {
            assertThat(GoldenLine.table().stream()
                            .map(GoldenLine::configuration)
                            .collect(Collectors.toSet()))
                    .containsAll(
                            shipped.map(file -> file.getFileName().toString()).toList());
        }
    }

    @AfterAll
    static void writeTableAnew() throws IOException {
        List<String> text = new ArrayList<>(List.of(version()));
        for (String line : table().subList(1, table().size())) {
            text.add(
                    GoldenLine.isRun(line)
                            ? NOW.getOrDefault(GoldenLine.parse(line).name(), line)
                            : line);
        }
        Files.write(GoldenLine.PROJECT.resolve("spark-jobs/target/golden.txt"), text);
    }
}
