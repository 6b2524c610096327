package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million upper or lower dimensions run on Spark in the default memory of a driver, tasks and all. */
class MillionCampaignIT {

    private static final String UPPER = """
            format: 1
            name: million-weights
            problem: {name: hyper-cleaning, model: linear, classes: 2, trainingRows: 1000000, validationRows: 1000, testRows: 1000, features: 2, rowsPerBlock: 10000}
            algorithm: {name: first-order, sigma: 0.1, sides: two, coupling: shared}
            upper: {optimizer: adam, stepSize: 0.05, units: 4}
            lower: {solver: sampled, innerSteps: 2, optimizer: sgd, stepSize: 0.5, units: 2}
            stop: {iterations: 5}
            evaluation: {every: 5}
            """;

    private static final String LOWER = """
            format: 1
            name: million-parameters
            problem: {name: hyper-cleaning, model: linear, classes: 10, trainingRows: 100, validationRows: 50, testRows: 50, features: 100000, rowsPerBlock: 25}
            algorithm: {name: first-order, sigma: 0.1, sides: two, coupling: shared}
            upper: {optimizer: adam, stepSize: 0.05, units: 2}
            lower: {solver: sampled, innerSteps: 2, optimizer: sgd, stepSize: 0.00001, units: 2}
            stop: {iterations: 3}
            evaluation: {every: 3}
            """;

    @TempDir
    Path folder;

    @Test
    void upper() throws IOException, InterruptedException {
        Campaign.strike("a million upper dimensions in 1 GB, hashes of the local engine", 1, (round, tally) -> {
            tally.reached();
            assertRunsInTheDefaultMemory(UPPER);
        });
    }

    @Test
    void lower() throws IOException, InterruptedException {
        Campaign.strike("a million lower dimensions in 1 GB, hashes of the local engine", 1, (round, tally) -> {
            tally.reached();
            assertRunsInTheDefaultMemory(LOWER);
        });
    }

    private void assertRunsInTheDefaultMemory(String text) throws IOException, InterruptedException {
        Path configuration = Files.writeString(folder.resolve("million.yaml"), text);
        try (CommandProcess process = CommandProcess.start(
                folder,
                List.of("-Xmx1g"),
                "run",
                configuration,
                "--master",
                "local[2]",
                "--out",
                folder.resolve("spark"))) {
            assertThat(process.await()).as(process.err()).isZero();
        }
        Invocation local =
                Invocation.of("run", configuration, "--engine", "local", "--out", folder.resolve("local"), "--json");
        assertThat(local.code()).as(local.err()).isZero();
        assertThat(Invocation.of("status", folder.resolve("spark"), "--json").hashes())
                .isEqualTo(local.hashes());
    }
}
