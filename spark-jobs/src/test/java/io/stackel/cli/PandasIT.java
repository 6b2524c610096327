package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
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

    private static Path python() throws IOException, InterruptedException {
        Path place = Files.createDirectories(PROJECT.resolve("target/pandas"));
        Path python = place.resolve("bin/python");
        Path log = place.resolve("install.log");
        if (!ran(place, log, python.toString(), "-c", "import pandas, pyarrow, matplotlib")) {
            Assumptions.assumeTrue(
                    ran(place, log, "python3", "-m", "venv", place.toString()), "not run: python3 cannot make a venv");
            Assumptions.assumeTrue(
                    ran(place, log, python.toString(), "-m", "pip", "install", "pandas", "pyarrow", "matplotlib"),
                    "not run: pip cannot install pandas, pyarrow and matplotlib");
        }
        return python;
    }

    @Test
    void learningCurveIsThreeLinesOfPandas() throws IOException, InterruptedException {
        Path python = python();
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
        Matcher lines = LINES.matcher(Files.readString(PROJECT.resolve("README.md")));
        assertThat(lines.find()).isTrue();
        assertThat(lines.group(1).lines()).hasSize(3);
        String print = "axes = " + lines.group(1).lines().toList().get(2) + "\n"
                + "print(axes.get_legend_handles_labels()[1], axes.get_xlabel())\n"
                + "ends = rows[rows['last']]\n"
                + "print(sorted(ends['algorithm.sigma']), sorted(ends['seed']), ends['wallSeconds'].min() > 0)\n";
        Path script = Files.writeString(folder.resolve("curve.py"), lines.group(1) + print);
        Path log = folder.resolve("curve.log");

        boolean well = ran(folder, log, python.toString(), script.toString());

        assertThat(well).as(Files.readString(log)).isTrue();
        assertThat(Files.readAllLines(log))
                .isEqualTo(List.of("['first-order'] samples", "[0.1, 0.1, 0.2, 0.2] [0, 0, 1, 1] True"));
    }
}
