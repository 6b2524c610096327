package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.run.EditedProblem;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.RunEnd;
import io.stackel.run.Version;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user edits the class of a problem and builds it again, and the configuration stays as it was. */
class ChangedCodeTest {

    private static final String CHANGE = "code of %s: [0-9a-f]{12} -> [0-9a-f]{12}";

    @TempDir
    private Path folder;

    private Path configuration;
    private Path out;
    private Path jar;

    @BeforeEach
    void write() throws IOException {
        configuration = Files.writeString(folder.resolve("edited.yaml"), EditedProblem.CONFIGURATION);
        out = folder.resolve("run");
        jar = folder.resolve("mine.jar");
        build(0.9);
    }

    private void build(double discount) throws IOException {
        EditedProblem.jar(EditedProblem.classes(folder.resolve("classes"), discount), jar, System.currentTimeMillis());
    }

    private Invocation command(Object... arguments) {
        return EditedProblem.with(jar, () -> Invocation.of(arguments));
    }

    private Invocation run(String... more) {
        List<Object> line = new ArrayList<>(List.of("run", configuration, "--engine", "local", "--out", out));
        line.addAll(Arrays.asList(more));
        return command(line.toArray());
    }

    private Invocation half() {
        return EditedProblem.with(
                jar, () -> Invocation.stoppedAfter(4, "run", configuration, "--engine", "local", "--out", out));
    }

    private JsonNode status() {
        return Invocation.of("status", out, "--json").json();
    }

    private JsonNode lastCommit() throws IOException {
        try (Stream<Path> commits = Files.list(out.resolve("commits"))) {
            Path last = commits.max(Comparator.naturalOrder()).orElseThrow();
            return new ObjectMapper().readTree(Files.readAllLines(last).get(0));
        }
    }

    private void requireRefused(Invocation refused) {
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err())
                .containsPattern("recorded -> now\\):\n  " + String.format(CHANGE, jar))
                .contains("--accept-code");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void finishedRunDoesNotPassForOneOfTheNewCode() throws IOException {
        assertThat(run().code()).isZero();
        JsonNode before = status();
        assertThat(run().err()).contains("already complete");

        build(0.8);

        requireRefused(run());
        requireRefused(run("--dry-run"));
        requireRefused(run("--set", "stop.iterations=6"));
        assertThat(status()).isEqualTo(before);
        Invocation accepted = run("--accept-code");
        assertThat(accepted.code()).isZero();
        assertThat(accepted.err())
                .contains("already complete")
                .containsPattern("notice: " + String.format(CHANGE, jar))
                .contains("the figures are those of the earlier code");
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void halfDoneRunGoesOnIfTheChangeIsAcceptedAndSaysSoForEver() throws IOException {
        assertThat(half().code()).isEqualTo(75);
        String recorded = status().path("problemCode").textValue();
        build(0.8);
        requireRefused(run());

        Invocation accepted = run("--accept-code");

        assertThat(accepted.code()).as(accepted.err()).isZero();
        assertThat(accepted.err())
                .containsPattern("RESUME step=4.*\nengine: .*\nchanged: " + String.format(CHANGE, jar));
        JsonNode status = status();
        assertThat(status.path("problemCode").textValue())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(recorded);
        assertThat(status.path("problemCodeChange").textValue())
                .matches("[0-9a-f]{12} -> [0-9a-f]{12} at commit 00000002-[0-9]{10}")
                .startsWith(recorded.substring(0, 12));
        assertThat(Invocation.of("status", out).out()).contains("problemCodeChange");
        assertThat(run().err()).contains("already complete");
        Invocation report = command("report", out);
        assertThat(report.code()).isZero();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("The record needs a second look")
                .contains("code changed on the way")
                .contains(status.path("problemCodeChange").textValue().replace(">", "&gt;"))
                .contains("code of " + jar);
        build(0.9);
        requireRefused(run());
    }

    @Test
    void sameCodeBuiltAgainIsNoChange() throws IOException {
        assertThat(half().code()).isEqualTo(75);
        build(0.9);

        Invocation resumed = run();

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("RESUME step=4").doesNotContain("changed");
        assertThat(status().path("problemCodeChange").isNull()).isTrue();
        assertThat(status().has("problemCodeChange")).isTrue();
        assertThat(Files.exists(out.resolve("commits"))).isTrue();
    }

    @Test
    void commitsNameTheVersionAndTheCode() throws IOException {
        assertThat(run().code()).isZero();

        assertThat(lastCommit().path("summary").path("codeVersion").textValue()).isEqualTo(Version.text());
        assertThat(lastCommit().path("summary").path("problemCode").textValue())
                .isEqualTo(status().path("problemCode").textValue());
        Path shipped = Invocation.configuration("tiny.yaml", folder);
        Invocation.of("run", shipped, "--engine", "local", "--out", folder.resolve("shipped"));
        assertThat(Invocation.of("status", folder.resolve("shipped"), "--json")
                        .json()
                        .path("problemCode")
                        .textValue())
                .isEqualTo("stackel");
    }

    @Test
    void whatIsBuiltAgainWithOtherCodeIsToldOrRefused() throws IOException {
        assertThat(run().code()).isZero();
        assertThat(command("export", out).err()).doesNotContain("notice");
        assertThat(command("replay", out, "--step", "8").err()).doesNotContain("notice");
        build(0.8);

        Invocation export = command("export", out);
        assertThat(export.code()).isZero();
        assertThat(export.err()).containsPattern("notice: " + String.format(CHANGE, jar));
        Invocation report = command("report", out);
        assertThat(report.code()).isZero();
        assertThat(report.err()).containsPattern("notice: " + String.format(CHANGE, jar));
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("the run was computed with other code than there is now");
        requireRefused(command("replay", out, "--step", "8"));
        Invocation replay = command("replay", out, "--step", "8", "--accept-code");
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.err()).containsPattern("notice: " + String.format(CHANGE, jar));
    }

    @Test
    void sweepOfChangedCodeIsRefusedBeforeATrialRuns() throws IOException {
        Path directory = plan();
        Trial first = trials(directory).get(0);
        assertThat(trial(directory, first, false).exitCode()).isEqualTo(ExitCode.SUCCESS);
        build(0.8);

        for (String verb : List.of("run", "retry")) {
            Object[] line = verb.equals("retry")
                    ? new Object[] {"sweep", verb, directory, "--failed"}
                    : new Object[] {"sweep", verb, directory};
            Invocation refused = command(line);
            assertThat(refused.code()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("1 of 2 trials were computed with other code than there is now (recorded -> now):\n  "
                            + first.name() + " (complete): code of " + jar)
                    .contains("--accept-code");
        }
        Invocation accepted = command("sweep", "retry", directory, "--failed", "--accept-code");
        assertThat(accepted.err()).contains("notice: 1 of 2 trials were computed with other code");
        RunEnd refused = trial(directory, first, false);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.reason()).contains("was computed with other code than there is now");
        assertThat(trial(directory, first, true).exitCode()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void sweepOfTwoCodesIsToldInItsStatusAndReport() throws IOException {
        Path directory = plan();
        List<Trial> trials = trials(directory);
        trial(directory, trials.get(0), false);
        assertThat(command("sweep", "status", directory).out()).doesNotContain("notice");
        build(0.8);
        trial(directory, trials.get(1), false);

        String told = "notice: trials of problem edited were computed with 2 codes: 1 with ";
        assertThat(command("sweep", "status", directory).out()).contains(told);
        assertThat(command("sweep", "report", directory).code()).isZero();
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("With reservations")
                .contains("trials of problem edited were computed with 2 codes");
    }

    /** The mistake that made it diverge may be mended now. */
    @Test
    void divergedRunGoesOnWithAcceptedCode() throws IOException {
        Invocation diverged = run("--set", "upper.stepSize=1e300", "--set", "upper.clipNorm=0");
        assertThat(diverged.code()).as(diverged.err()).isEqualTo(4);
        assertThat(run("--set", "upper.stepSize=1e300").err())
                .contains("would do so again")
                .doesNotContain("RESUME");
        build(0.8);

        requireRefused(run("--set", "upper.stepSize=1e300"));
        assertThat(run("--set", "upper.stepSize=1e300", "--accept-code").err()).contains("RESUME step=");
    }

    private Path plan() throws IOException {
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"), "{format: 1, name: many, configuration: edited.yaml, seeds: 0..1}\n");
        assertThat(command("sweep", "plan", sweep, "--out", folder.resolve("sweep"))
                        .code())
                .isZero();
        return folder.resolve("sweep");
    }

    private static List<Trial> trials(Path directory) {
        return new SweepDirectory(Stores.openForReading(directory.toUri(), new HadoopSettings()))
                .plan()
                .orElseThrow()
                .trials();
    }

    private RunEnd trial(Path directory, Trial trial, boolean acceptCode) {
        return EditedProblem.with(
                jar,
                () -> new TrialRun(directory.toUri(), acceptCode, false)
                        .run(
                                trial,
                                directory
                                        .resolve("trials")
                                        .resolve(trial.name())
                                        .toUri(),
                                () -> false));
    }
}
