package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems that fit a model to data, by the command: one pair of hashes over engines, cuts and stops; what is refused. */
class FitCommandIT {

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void copy() {
        tiny = Invocation.configuration("tiny-fit.yaml", folder);
    }

    private Invocation run(String out, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("run", tiny, "--out", folder.resolve(out), "--json"));
        arguments.addAll(List.of(options));
        return Invocation.of(arguments.toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "algorithm.sides=two",
                "algorithm.coupling=none",
                "algorithm.name=f2sa",
                "algorithm.name=pbrl",
                "problem.name=quadratic",
                "problem.name=hyper-parameters",
                "problem.model=mlp"
            })
    void enginesAndCutsGiveTheSameHashes(String change) {
        List<Object> settings = new ArrayList<>(settings(change));
        String expected = hashes("reference", settings, "--engine", "local", "--threads", "1", "--partitions", "1");
        assertThat(hashes("cut", settings, "--engine", "local", "--threads", "2", "--partitions", "3"))
                .isEqualTo(expected);
        assertThat(hashes("spark", settings, "--engine", "spark", "--master", "local[2]", "--partitions", "3"))
                .isEqualTo(expected);
    }

    private String hashes(String out, List<Object> settings, Object... engine) {
        List<Object> options = new ArrayList<>(settings);
        options.addAll(List.of(engine));
        Invocation run = run(out, options.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run.hashes();
    }

    /** A change with what it needs beside it; whole sections are replaced, since keys of one name do not fit another. */
    private List<Object> settings(String change) {
        String text = Invocation.text("tiny-fit.yaml");
        switch (change) {
            case "algorithm.name=f2sa" ->
                text = text.replaceAll("algorithm: .*", "algorithm: {name: f2sa, momentum: true, penaltyWeight: 5}");
            case "algorithm.name=pbrl" ->
                text = text.replaceAll("algorithm: .*", "algorithm: {name: pbrl, penaltyWeight: 5, rampIterations: 4}");
            case "problem.name=quadratic" ->
                text = text.replaceAll(
                        "problem: .*",
                        "problem: {name: quadratic, trainingRows: 60, validationRows: 40, lowerSize: 6, upperSize: 3,"
                                + " rowsPerBlock: 6}");
            case "problem.name=hyper-parameters" ->
                text = text.replaceAll(
                        "problem: .*", "problem: {name: hyper-parameters, model: logistic, features: 4}");
            case "problem.model=mlp" -> {
                return List.of("--set", change, "--set", "problem.startScale=0.2", "--set", "problem.hiddenUnits=5");
            }
            default -> {
                return List.of("--set", change);
            }
        }
        tiny = Invocation.write(folder.resolve("changed.yaml"), text);
        return List.of();
    }

    @Test
    void aRunThatIsStoppedAndResumedHasTheSameHashes() {
        String expected = hashes("whole", List.of(), "--engine", "local");
        Path out = folder.resolve("stopped");
        for (int stop = 0; stop < 2; stop++) {
            Invocation stopped = Invocation.stoppedAfter(4, "run", tiny, "--engine", "local", "--out", out, "--json");
            assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
        }
        Invocation last = Invocation.of("run", tiny, "--engine", "local", "--out", out, "--json");
        assertThat(last.err()).contains("RESUME step=");
        assertThat(last.hashes()).isEqualTo(expected);
        Invocation export = Invocation.of("export", out);
        assertThat(export.json().path("x").size()).isEqualTo(60);
        assertThat(export.json().path("parameters").size()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm.name=hpgd | hpgd needs a problem that samples trajectories, but this one fits a model to data",
                "algorithm.name=exact | exact needs a lower level that is quadratic in w",
                "lower.optimizer=natural | lower.optimizer: natural needs states and actions",
                "stop.stationarityGap=0.1 | stop.stationarityGap needs a finite problem (with few segments, if it learns from preferences) or a",
                "policy.name=tabular-softmax | policy must be left out: problem hyper-cleaning fits a model to data",
                "sampling.horizon=5 | sampling must be left out: problem hyper-cleaning fits a model to data"
            })
    void whatDoesNotFitIsRefusedWithItsReason(String change, String reason) {
        if (change.startsWith("algorithm.name")) {
            String name = change.substring(change.indexOf('=') + 1);
            String text =
                    Invocation.text("tiny-fit.yaml").replaceAll("algorithm: .*", "algorithm: {name: " + name + "}");
            tiny = Invocation.write(folder.resolve("changed.yaml"), text);
        }
        Invocation run = change.startsWith("algorithm.name")
                ? run("refused", "--engine", "local")
                : run("refused", "--engine", "local", "--set", change);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }

    @Test
    void checkPassesAndExactIsRefusedWithoutAQuadraticLowerLevel() {
        Invocation check = Invocation.of("check", tiny, "--json");
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.json().path("passed").booleanValue()).isTrue();
        Invocation exact = Invocation.of("exact", tiny);
        assertThat(exact.code()).isEqualTo(2);
        assertThat(exact.err())
                .contains("exact quantities of a problem with data need a lower level that is quadratic");
    }
}
