package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.check.CheckReport;
import io.stackel.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    private static final Path ORACLE =
            Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");

    @TempDir
    Path folder;

    @Test
    void configuredProblemPasses() {
        Invocation check =
                Invocation.of("check", Invocation.configuration("tiny.yaml", folder), "--units", 512, "--json");

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.json().path("passed").booleanValue()).isTrue();
        assertThat(check.json().path("findings").size()).isGreaterThan(30);
    }

    @Test
    void fileIsCheckedAtItsOwnPoint() {
        Invocation check = Invocation.of("check", ORACLE.resolve("reward_design.json"), "--units", 512);

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).contains("exact two-sided surrogate in x").endsWith("checks passed\n");
    }

    /** Simulator and engine against tables, exact values against differences: where episodes end as well. */
    @ParameterizedTest
    @ValueSource(strings = {"ending_reward_design", "ending_stackelberg", "ending_zero_sum"})
    void fileWhoseEpisodesEndIsChecked(String name) {
        Invocation check = Invocation.of("check", ORACLE.resolve(name + ".json"), "--units", 512);

        assertThat(check.code()).as(check.out() + check.err()).isZero();
        assertThat(check.out()).endsWith("checks passed\n");
    }

    @Test
    void aSecondJvmAgreesOnAControlTask() {
        Path shaping = Path.of(System.getProperty("basedir", ""), "../conf/experiments/pendulum-shaping.yaml");
        Object[] words = {
            "check", shaping, "--units", 512, "--set", "policy.hidden=[6]", "--set", "sampling.horizon=30", "--json"
        };
        Invocation check = Invocation.of(
                Stream.concat(Arrays.stream(words), Stream.of("--second-jvm")).toArray());

        assertThat(check.code()).as(check.out() + check.err()).isZero();
        JsonNode findings = check.json().path("findings");
        assertThat(findings.get(findings.size() - 1).path("name").textValue()).isEqualTo("a second JVM agrees");
        assertThat(findings).hasSize(13);
    }

    @Test
    void aSecondJvmThatFindsOtherFiguresIsReported() throws IOException {
        CheckReport other = new CheckReport(List.of(new Finding("anything", 0.5, 1, "made up")), List.of());
        Path file = ORACLE.resolve("reward_design.json");

        Finding finding = SecondProcess.compare(other, List.of("check", file.toString(), "--json", "--units", "512"));

        assertThat(finding.passed()).isFalse();
    }

    /** The table that chooses sigma: sharing keeps the variance flat, two sides make the bias quadratic. */
    @Test
    void estimatorsShowFlatVarianceAndQuadraticBias() {
        JsonNode rows = Invocation.of("check", ORACLE.resolve("reward_design.json"), "--estimators", "--json")
                .json()
                .path("tables")
                .get(0)
                .path("rows");

        assertThat(deviation(rows, 0.03, "shared") / deviation(rows, 0.1, "shared"))
                .isBetween(0.9, 1.1);
        assertThat(deviation(rows, 0.03, "independent") / deviation(rows, 0.3, "independent"))
                .isBetween(9.0, 11.0);
        double biasRatio = row(rows, 0.3, "shared").path("relativeBias").doubleValue()
                / row(rows, 0.03, "shared").path("relativeBias").doubleValue();
        assertThat(biasRatio).isBetween(80.0, 120.0);
    }

    /** The random game of 100 states and 5 x 5 actions: 20 batches of 40,000 steps each, of which 4 are needed. */
    @Test
    void followersThatLearnFromSamplesReachATenthWithinTwentyBatches() {
        Path stackelberg = Path.of(System.getProperty("basedir", ""), "../conf/experiments/stackelberg.yaml");
        Object[] words = {"check", stackelberg, "--estimators", "--units", 512, "--set", "lower.units=400", "--json"};
        JsonNode rows = Invocation.of(words).json().path("innerSolver").path("rows");

        assertThat(rows).hasSize(20);
        assertThat(rows.get(19).path("samples").longValue()).isEqualTo(800_000);
        assertThat(rows.get(3).path("relativeError").doubleValue()).isLessThan(0.1);
        assertThat(rows.get(19).path("relativeError").doubleValue()).isLessThan(0.02);
    }

    @Test
    void innerBatchesOfFollowersThatPlanAreNotStudied() {
        Invocation check = Invocation.of(
                "check",
                Invocation.configuration("tiny.yaml", folder),
                "--estimators",
                "--set",
                "lower.solver=planned");

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.err()).contains("no inner batches to study: lower.solver is planned");
        assertThat(check.out()).contains("| sigma/tau |").doesNotContain("| batch |");
    }

    @Test
    void tooFewUnitsAreRefused() {
        Invocation check = Invocation.of("check", ORACLE.resolve("reward_design.json"), "--units", 10);

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err()).contains("--units must be at least 512, but was 10");
    }

    private static double deviation(JsonNode rows, double ratio, String trajectories) {
        return row(rows, ratio, trajectories).path("relativeDeviation").doubleValue();
    }

    private static JsonNode row(JsonNode rows, double ratio, String trajectories) {
        for (JsonNode row : rows) {
            if (Math.abs(row.path("sigmaOverEntropyWeight").doubleValue() - ratio) < 1e-9
                    && row.path("sides").textValue().equals("two")
                    && row.path("trajectories").textValue().equals(trajectories)) {
                return row;
            }
        }
        throw new AssertionError("no row for " + ratio + " and " + trajectories);
    }
}
