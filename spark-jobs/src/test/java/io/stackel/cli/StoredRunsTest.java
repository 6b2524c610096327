package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.Experiment;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.RunEnd;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that older versions wrote are read, and go on where the arithmetic is still the same. */
class StoredRunsTest {

    @TempDir
    private Path folder;

    private static Invocation run(StoredRun run, String... more) {
        List<Object> line = new ArrayList<>(
                List.of("run", run.configuration(), "--engine", "local", "--json", "--out", run.directory()));
        line.addAll(Arrays.asList(more));
        return Invocation.of(line.toArray());
    }

    /** What the configuration meant when it was written: one default has changed since. */
    private static String[] meant(String commit) {
        return commit.equals("792c21d") ? new String[] {"--set", "algorithm.stateDistribution=uniform"} : new String[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"6b49dec", "792c21d", "7ba3348", "30d288c"})
    void finishedRunIsReadAndStaysFinished(String commit) throws IOException {
        StoredRun stored = StoredRun.copy(commit, folder);
        JsonNode status = Invocation.of("status", stored.directory(), "--json").json();

        Invocation again = run(stored, meant(commit));

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("already complete at iteration 4");
        assertThat(again.json()).isEqualTo(status);
        assertThat(status.path("state").textValue()).isEqualTo("complete");
        assertThat(Invocation.of("verify", stored.directory()).out()).contains("intact");
        Invocation export = Invocation.of("export", stored.directory());
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(export.json().path("identity")).isEqualTo(status.path("identity"));
        Invocation report = Invocation.of("report", stored.directory());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(stored.directory().resolve("report.html")))
                .contains("What came out")
                .doesNotContain("cannot be drawn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6b49dec", "792c21d", "7ba3348", "30d288c"})
    void halfDoneRunGoesOnToItsBitsOrNamesTheArithmeticAlone(String commit) throws IOException {
        StoredRun stored = StoredRun.copy(commit, folder);
        String whole = Invocation.of("status", stored.directory(), "--json")
                .json()
                .path("stateSha256")
                .textValue();
        String header = stored.header();

        Invocation resumed = run(stored.cutAfter(2), meant(commit));

        assertThat(stored.header()).isEqualTo(header);
        if (stored.numericsVersion() == Experiment.NUMERICS_VERSION) {
            assertThat(resumed.code()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("RESUME step=").doesNotContain("changed:");
            assertThat(resumed.json().path("stateSha256").textValue()).isEqualTo(whole);
            requireOfOnePiece(stored);
        } else {
            assertThat(resumed.code()).as(resumed.err()).isEqualTo(2);
            assertThat(resumed.err())
                    .contains("was computed with numericsVersion " + stored.numericsVersion())
                    .doesNotContain("recorded -> given");
        }
    }

    /** The next version of the arithmetic changes nothing of how keys are compared. */
    @ParameterizedTest
    @ValueSource(strings = {"6b49dec", "792c21d", "7ba3348", "30d288c"})
    void keysThatCameLaterAreNoReasonToRefuse(String commit) throws IOException {
        StoredRun stored = StoredRun.copy(commit, folder).cutAfter(2).ofPresentNumerics();
        String header = stored.header();

        Invocation resumed = run(stored, meant(commit));

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("RESUME step=").doesNotContain("changed:");
        assertThat(stored.header()).isEqualTo(header);
        assertThat(resumed.json().path("problemCode").textValue())
                .as("recorded from now on")
                .isEqualTo("stackel");
        assertThat(resumed.json().path("problemCodeChange").isNull()).isTrue();
        requireOfOnePiece(stored);
    }

    private static void requireOfOnePiece(StoredRun stored) throws IOException {
        assertThat(stored.lastCommit().path("outcome").textValue()).isEqualTo("complete");
        assertThat(stored.header())
                .contains(stored.lastCommit().path("identitySha256").textValue());
        assertThat(Invocation.of("verify", stored.directory()).code()).isZero();
        Invocation export = Invocation.of("export", stored.directory());
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(run(
                                stored,
                                meant(stored.configuration()
                                        .getParent()
                                        .getFileName()
                                        .toString()))
                        .err())
                .contains("already complete");
    }

    @Test
    void otherValueOfAKeyThatCameLaterIsAnotherRun() throws IOException {
        StoredRun stored = StoredRun.copy("7ba3348", folder).cutAfter(2).ofPresentNumerics();

        Invocation refused = run(stored, "--set", "problem.rewards=sparse");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "was started with another configuration (recorded -> given):\n"
                                + "  problem.rewards: (absent) -> sparse\n; to go on with it give these keys what was recorded");
    }

    @Test
    void changedDefaultIsRefusedWithWhatWasRecorded() throws IOException {
        StoredRun stored = StoredRun.copy("792c21d", folder).cutAfter(2).ofPresentNumerics();

        Invocation refused = run(stored);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("(recorded -> given):\n  algorithm.stateDistribution: uniform -> visits\n; ");
    }

    @Test
    void otherArithmeticIsToldBeforeOtherKeys() throws IOException {
        StoredRun stored = StoredRun.copy("6b49dec", folder).cutAfter(2);
        assumeThat(stored.numericsVersion()).isNotEqualTo(Experiment.NUMERICS_VERSION);

        Invocation refused = run(stored, "--set", "algorithm.sides=one");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("was computed with numericsVersion " + stored.numericsVersion() + ", but this version has "
                        + Experiment.NUMERICS_VERSION
                        + " and would give other bits; it has also another configuration (recorded -> given):\n"
                        + "  algorithm.sides: two -> one\n");
    }

    /** The plan was made before the problem had three of its keys. */
    @Test
    void sweepThatAnOlderVersionPlannedGoesOnInItsPlaces() throws IOException {
        Path text = StoredRun.copy("c2d0011", folder).configuration().resolveSibling("sweep.yaml");
        Path directory = text.resolveSibling("sweep");
        Path planned = directory.resolve("plan.json");
        String before = Files.readString(planned);

        Invocation plan = Invocation.of("sweep", "plan", text, "--out", directory);

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(Files.readString(planned)).isEqualTo(before);
        Trial trial = new SweepDirectory(Stores.openForReading(directory.toUri(), new HadoopSettings()))
                .plan()
                .orElseThrow()
                .trials()
                .get(0);
        Path place = directory.resolve("trials").resolve(trial.name());
        RunEnd end = new TrialRun(directory.toUri(), false, false).run(trial, place.toUri(), () -> false);
        assertThat(end.exitCode()).as(end.reason()).isEqualTo(ExitCode.SUCCESS);
        assertThat(Invocation.of("status", place, "--json")
                        .json()
                        .path("identity")
                        .textValue())
                .isEqualTo(trial.identity());
    }

    @Test
    void anotherSweepIsStillRefused() throws IOException {
        Path text = StoredRun.copy("c2d0011", folder).configuration().resolveSibling("sweep.yaml");
        Files.writeString(text, Files.readString(text).replace("0..1", "0..2"));

        Invocation plan = Invocation.of("sweep", "plan", text, "--out", text.resolveSibling("sweep"));

        assertThat(plan.code()).isEqualTo(2);
        assertThat(plan.err()).contains("there is another plan at");
    }
}
