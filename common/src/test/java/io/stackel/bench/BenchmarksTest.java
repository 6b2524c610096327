package io.stackel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark works: each does its least, and its table has numbers in it. */
class BenchmarksTest {

    private static final Path EXPERIMENTS = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .getParent()
            .resolve("conf/experiments");

    @TempDir
    Path folder;

    private interface Program {
        void run() throws Exception;
    }

    /** What a program prints, without its title lines. */
    private static List<String> rows(int titles, Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        List<String> rows =
                out.toString(StandardCharsets.UTF_8).lines().skip(titles).toList();
        assertThat(rows).isNotEmpty().allMatch(row -> row.matches(".*[0-9].*") && !row.contains("NaN"));
        return rows;
    }

    /** A shipped configuration that ends after two iterations. */
    private String brief(String name) throws IOException {
        String text = Files.readString(EXPERIMENTS.resolve(name));
        String brief = text.replaceAll("(?m)^stop: .*$", "stop: {iterations: 2}")
                .replaceAll("(?m)^evaluation: .*$", "evaluation: {every: 1}");
        assertThat(brief).isNotEqualTo(text);
        return Files.writeString(folder.resolve(name), brief).toString();
    }

    @Test
    void chunkEvaluatorBench() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ChunkEvaluatorBench.class.getName())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(100))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results)
                .hasSize(4)
                .allMatch(result -> result.getPrimaryResult().getScore() > 0);
    }

    @Test
    void controlSpeed() throws Exception {
        assertThat(rows(2, () -> ControlSpeed.main(new String[] {"0.01"}))).hasSize(3);
    }

    @Test
    void fourRoomsTable() throws Exception {
        String configuration = brief("four-rooms-published.yaml");

        assertThat(rows(2, () -> FourRoomsTable.main(new String[] {configuration, "7", "1"})))
                .hasSize(9);
        assertThat(rows(
                        2,
                        () -> FourRoomsTable.main(
                                new String[] {configuration, "7..8", "1", "0.001:5", "upper.units=2"})))
                .hasSize(1);
    }

    @Test
    void stackelbergTable() throws Exception {
        String configuration = brief("stackelberg.yaml");

        assertThat(rows(2, () -> StackelbergTable.main(new String[] {configuration, "2", "0", "1", "1"})))
                .hasSize(10);
    }

    @Test
    void zeroSumTable() throws Exception {
        String configuration = brief("zero-sum-incentive.yaml");

        assertThat(rows(2, () -> ZeroSumTable.main(new String[] {configuration, "7..8", "1"})))
                .hasSize(5);
    }

    @Test
    void preferenceTable() throws Exception {
        String configuration = brief("preferences.yaml");

        assertThat(rows(
                        2,
                        () -> PreferenceTable.main(
                                new String[] {configuration, "2", "1", "states", "problem.warmUpEpochs=2"})))
                .hasSize(3);
    }

    @Test
    void inverseTable() throws Exception {
        String configuration = brief("inverse-rl.yaml");

        assertThat(rows(2, () -> InverseTable.main(new String[] {configuration, "0..1", "{name: feature-matching}"})))
                .hasSize(1);
    }

    @Test
    void loggedTable() throws Exception {
        String configuration = brief("logged.yaml");

        assertThat(rows(
                        2,
                        () -> LoggedTable.main(
                                new String[] {configuration, "7..8", "40", "{name: exact}", "{name: boltzmann}"})))
                .hasSize(2);
    }

    @Test
    void transferTable() throws Exception {
        String configuration = brief("inverse-rl.yaml");

        assertThat(rows(
                        2,
                        () -> TransferTable.main(new String[] {
                            configuration, "0", "2", "5", "{name: feature-matching}", "{name: cloning}"
                        })))
                .hasSize(3);
    }

    @Test
    void quadraticCurves() throws Exception {
        Path csv = folder.resolve("curves.csv");

        QuadraticCurves.main(new String[] {csv.toString(), "1", brief("quadratic.yaml")});

        assertThat(Files.readAllLines(csv)).hasSize(4).noneMatch(line -> line.contains("NaN"));
    }
}
