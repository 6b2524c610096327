package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPreferencesCommandTest {

    /** Action 0 stays, action 1 goes to the other state. */
    private static final String WORLD = """
            {"kind": "preferences",
             "problem": {"states": 2, "actions": 2, "gamma": 0.9, "tau": 0.1, "rho": [1, 0], "regularization": 0.01,
                         "transition": [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]}}
            """;

    private static final String LEARN = """
            format: 1
            name: learn
            seed: 0
            problem: {file: labelled.json}
            policy: {name: tabular-softmax}
            algorithm: {name: alternating}
            upper: {optimizer: adam, stepSize: 0.05, units: 4}
            lower: {solver: planned}
            sampling: {horizon: 10, unitsPerChunk: 4}
            stop: {iterations: 20}
            evaluation: {every: 20}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("world.json"), WORLD);
        Files.writeString(folder.resolve("learn.yaml"), LEARN);
        List<String> lines = new ArrayList<>();
        for (int pair = 0; pair < 20; pair++) {
            boolean turned = pair % 3 == 0;
            String staysAway = "{\"observations\": [0, 0, 0], \"actions\": [0, 0, 0]}";
            String goesAndStays = "{\"observations\": [0, 1], \"actions\": [1, 0]}";
            lines.add("{\"pair\": " + pair + ", \"annotator\": \"ann\", \"label\": " + (turned ? 0 : 1)
                    + ", \"first\": " + (turned ? goesAndStays : staysAway) + ", \"second\": "
                    + (turned ? staysAway : goesAndStays) + "}");
        }
        Files.write(folder.resolve("pairs.jsonl"), lines);
    }

    private Invocation label() {
        return Invocation.of(
                "data", "preferences", folder.resolve("pairs.jsonl"), "--problem", folder.resolve("world.json"));
    }

    @Test
    void aPolicyIsLearntFromLabelsOfPeopleAlone() throws IOException {
        Invocation labelled = label();
        Files.writeString(folder.resolve("labelled.json"), labelled.out());

        Invocation run = Invocation.of(
                "run", folder.resolve("learn.yaml"), "--engine", "local", "--out", folder.resolve("run"), "--json");
        JsonNode answer = Invocation.of("export", folder.resolve("run")).json();

        assertThat(labelled.err()).contains("20 labels of 20 pairs by 1 annotator, segments of up to 3 steps");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().toString()).doesNotContain("trueReturn").contains("upperObjective");
        JsonNode policy = answer.path("policy");
        assertThat(policy.path(0).path(1).doubleValue()).isGreaterThan(0.9);
        assertThat(policy.path(1).path(0).doubleValue()).isGreaterThan(0.9);
    }

    @Test
    void whatNeedsLabelsOfNewPairsIsRefusedWithTheReason() throws IOException {
        Files.writeString(folder.resolve("labelled.json"), label().out());

        for (String algorithm : List.of("pbrl", "first-order", "exact", "true-reward")) {
            Invocation refused = Invocation.of(
                    "run",
                    folder.resolve("learn.yaml"),
                    "--engine",
                    "local",
                    "--out",
                    folder.resolve(algorithm),
                    "--set",
                    "algorithm.name=" + algorithm);

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains(algorithm).contains("use alternating");
            assertThat(folder.resolve(algorithm)).doesNotExist();
        }
    }

    @Test
    void aBrokenTableIsRefusedWithItsLines() throws IOException {
        Files.writeString(folder.resolve("pairs.jsonl"), "{\"pair\": 1}\n");

        Invocation refused = label();

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("pairs.jsonl: line 1: label must be in [0, 1], but is missing");
    }

    @Test
    void theWorldIsCheckedToo() throws IOException {
        Files.writeString(folder.resolve("world.json"), WORLD.replace("[0, 1], [1, 0]]]", "[0, 1], [1, 1]]]"));

        Invocation refused = label();

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("/problem/transition/1/1 must sum to at most 1");
    }
}
