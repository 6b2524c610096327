package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lines of pandas on the Parquet of a sweep; skipped by name where Python cannot have its packages. */
class PandasIT {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern LINES = Pattern.compile("```python\n(import pandas\n.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    /** Runs a program, and returns whether it ended well in two minutes. */
    private static boolean ran(Path folder, Path log, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MPLBACKEND", "Agg");
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            return false;
        }
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroy();
        return ended && process.exitValue() == 0;
    }

    /** A Python with pandas, pyarrow and matplotlib, where it can be had. */
    static Optional<Path> python() throws IOException, InterruptedException {
        Path place = Files.createDirectories(PROJECT.resolve("target/pandas"));
        Path python = place.resolve("bin/python");
        Path log = place.resolve("install.log");
        boolean there = ran(place, log, python.toString(), "-c", "import pandas, pyarrow, matplotlib")
                || (ran(place, log, "python3", "-m", "venv", place.toString())
                        && ran(
                                place,
                                log,
                                python.toString(),
                                "-m",
                                "pip",
                                "install",
                                "pandas",
                                "pyarrow",
                                "matplotlib"));
        return there ? Optional.of(python) : Optional.empty();
    }

    /** What Python prints after the README's three lines, whose plot is called axes, in a folder with rows.parquet. */
    static List<String> curve(Path python, Path folder, String print) throws IOException, InterruptedException {
        Matcher readme = LINES.matcher(Files.readString(PROJECT.resolve("README.md")));
        assertThat(readme.find()).isTrue();
        List<String> lines = readme.group(1).lines().toList();
        assertThat(lines).hasSize(3);
        Path script = Files.writeString(
                folder.resolve("curve.py"),
                String.join("\n", lines.get(0), lines.get(1), "axes = " + lines.get(2), print));
        Path log = folder.resolve("curve.log");
        boolean well = ran(folder, log, python.toString(), script.toString());
        assertThat(well).as(Files.readString(log)).isTrue();
        return Files.readAllLines(log);
    }

    @Test
    void learningCurveIsThreeLinesOfPandas() throws IOException, InterruptedException {
        Optional<Path> python = python();
        assumeTrue(python.isPresent(), "not run: python3 cannot have pandas, pyarrow and matplotlib");
        Path configuration = Invocation.configuration("tiny-rooms.yaml", folder);
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"),
                "{format: 1, name: two, configuration: " + configuration.getFileName()
                        + ", seeds: 0..1, grid: {algorithm.sigma: [0.1, 0.2]}}");
        Path out = folder.resolve("two");
        assertThat(Invocation.of("sweep", "run", sweep, "--out", out).code()).isZero();
        assertThat(Invocation.of("export", out, "--metrics", folder.resolve("rows.parquet"))
                        .code())
                .isZero();
        String print = """
                print(axes.get_legend_handles_labels()[1], axes.get_xlabel())
                ends = rows[rows['last']]
                print(sorted(ends['algorithm.sigma']), sorted(ends['seed']), ends['wallSeconds'].min() > 0)
                """;

        assertThat(curve(python.get(), folder, print))
                .isEqualTo(List.of("['first-order'] samples", "[0.1, 0.1, 0.2, 0.2] [0, 0, 1, 1] True"));
    }
}
