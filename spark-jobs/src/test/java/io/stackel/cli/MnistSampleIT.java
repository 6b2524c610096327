package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of the MNIST example, with the sample in place of the whole. */
class MnistSampleIT {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    @TempDir
    Path folder;

    private void load(String rows, String name) {
        Invocation done = Invocation.of(
                "data",
                "import",
                PROJECT.resolve("deploy/examples/mnist/sample.libsvm"),
                "--width",
                784,
                "--rows",
                rows,
                "--rows-per-block",
                5,
                "--to",
                folder.resolve(name),
                "--master",
                "local[2]",
                "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.json().path("columns")).hasSize(784);
    }

    @Test
    void imagesAreImportedAndTheirLabelsCleaned() {
        load("0:20", "training");
        load("20:40", "validation");

        for (String configuration : new String[] {"mnist-cleaning", "mnist-cleaning-mlp"}) {
            Invocation run = Invocation.of(
                    "run",
                    PROJECT.resolve("conf/experiments/" + configuration + ".yaml"),
                    "--engine",
                    "local",
                    "--out",
                    folder.resolve(configuration),
                    "--set",
                    "problem.training=" + folder.resolve("training"),
                    "--set",
                    "problem.validation=" + folder.resolve("validation"),
                    "--set",
                    "problem.test=" + folder.resolve("validation"),
                    "--set",
                    "stop.iterations=4",
                    "--json");
            assertThat(run.code()).as(run.err()).isZero();
            JsonNode status = run.json();
            assertThat(status.path("iteration").intValue()).isEqualTo(4);
            Invocation export = Invocation.of("export", folder.resolve(configuration));
            assertThat(export.json().path("x")).hasSize(20).anyMatch(x -> x.doubleValue() < 0);
            assertThat(run.err()).contains("upperObjective: 2.");
        }
    }
}
