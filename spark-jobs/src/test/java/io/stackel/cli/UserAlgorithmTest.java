package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.EditedProblem;
import io.stackel.run.UserAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An algorithm and a policy that Stackel does not know, from a place of the class path. */
class UserAlgorithmTest {

    private static final String CONFIGURATION = """
            format: 1
            name: mine
            problem: {name: reward-design, states: 4, actions: 2}
            policy: {name: stretched, factor: 3}
            algorithm: {name: renamed}
            upper: {stepSize: 0.05, units: 8}
            lower: {solver: sampled, optimizer: adam, stepSize: 0.1, innerSteps: 1, units: 8}
            sampling: {horizon: 10, unitsPerChunk: 4, baseline: none}
            stop: {iterations: 4}
            evaluation: {every: 1}
            checkpoint: {every: 1, keep: 9}
            """;

    @TempDir
    private Path folder;

    private Path configuration;

    @BeforeEach
    void write() throws IOException {
        configuration = Files.writeString(folder.resolve("mine.yaml"), CONFIGURATION);
        UserAlgorithm.classes(folder.resolve("classes"), 1);
    }

    private Invocation command(Object... arguments) {
        return EditedProblem.with(folder.resolve("classes"), () -> Invocation.of(arguments));
    }

    private Invocation run(String... more) {
        List<Object> line =
                new ArrayList<>(List.of("run", configuration, "--engine", "local", "--out", folder.resolve("run")));
        line.addAll(Arrays.asList(more));
        return command(line.toArray());
    }

    @Test
    void runsAndIsListed() {
        Invocation run = run();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(command("--help").out())
                .containsPattern("renamed +an algorithm that is edited, version 1")
                .containsPattern("stretched +stretched logits")
                .containsPattern("mlp-gaussian +vectors, normal around a mean");
        assertThat(command("schema").out()).contains("\"patience\"").contains("\"factor\"");
    }

    @Test
    void keysAreCheckedWithTheirLines() {
        assertThat(run("--set", "algorithm.patience=-1").err())
                .contains("algorithm.patience must be a number in (0, inf), but was -1");
        assertThat(run("--set", "policy.width=1").err()).contains("policy.width");
    }

    @Test
    void keysAreThoseOfTheRunsIdentity() {
        assertThat(run().code()).isZero();

        for (String change : List.of("algorithm.patience=2", "policy.factor=4")) {
            Invocation other = run("--set", change);
            assertThat(other.code()).as(change).isEqualTo(2);
            assertThat(other.err()).contains(change.substring(0, change.indexOf('=')));
        }
    }

    @Test
    void otherCodeIsRefusedUntilItIsAccepted() {
        Invocation half = EditedProblem.with(
                folder.resolve("classes"),
                () -> Invocation.stoppedAfter(
                        4, "run", configuration, "--engine", "local", "--out", folder.resolve("run")));
        assertThat(half.code()).as(half.err()).isEqualTo(75);
        UserAlgorithm.classes(folder.resolve("classes"), 2);

        Invocation refused = run();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .containsPattern("code of " + folder.resolve("classes") + ": [0-9a-f]{12} -> [0-9a-f]{12}")
                .contains("--accept-code");
        assertThat(run("--accept-code").err()).contains("RESUME step=4");
    }

    @Test
    void checkHoldsOwnPartsToTheirPromises() {
        Invocation check = command("check", configuration, "--units", "512");

        assertThat(check.code()).as(check.out() + check.err()).isZero();
        assertThat(check.out())
                .containsPattern("ok +policy: probabilities sum to one ")
                .containsPattern("ok +algorithm: a run goes on from a stored state with the same bits ");
        assertThat(command(
                                "check",
                                configuration,
                                "--units",
                                "512",
                                "--set",
                                "policy={name: tabular-softmax}",
                                "--set",
                                "algorithm={name: independent}")
                        .out())
                .doesNotContain("policy: ", "algorithm: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.example.Missing | Provider org.example.Missing not found",
                "org.example.Renamed\\norg.example.Renamed$Again | names must be unique, but renamed is the name of"
                        + " org.example.Renamed and of org.example.Renamed$Again",
                "org.example.Renamed$Broken | Provider org.example.Renamed$Broken could not be instantiated:"
                        + " java.lang.IllegalStateException: no"
            })
    void mistakesOfAJarAreTheUsers(String entries, String told) throws IOException {
        Files.writeString(
                folder.resolve("classes/META-INF/services/io.stackel.algorithm.AlgorithmFactory"),
                entries.translateEscapes() + "\n");

        Invocation refused = run();

        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).startsWith("stackel: ").contains(told).doesNotContain("\tat ");
    }

    @Test
    void commitRecordsTheDigest() {
        assertThat(run().code()).isZero();
        JsonNode status =
                Invocation.of("status", folder.resolve("run"), "--json").json();

        assertThat(status.path("problemCode").textValue()).matches("[0-9a-f]{64}");
    }
}
