package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.LoadedExperiment;
import io.stackel.store.RunHeader;
import io.stackel.store.RunStore;
import io.stackel.store.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void copyConfiguration() {
        tiny = Invocation.configuration("tiny.yaml", folder);
    }

    private Invocation run(String out, Object... more) {
        return Invocation.of(arguments(out, more));
    }

    private Object[] arguments(String out, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("run", tiny, "--engine", "local", "--json", "--out", folder.resolve(out)));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    @Test
    void freshRunCompletesAndSaysHowItStands() {
        Invocation run = run("a");

        assertThat(run.code()).isZero();
        assertThat(run.err().lines())
                .startsWith("opening file://" + folder.resolve("a"))
                .anyMatch(line -> line.startsWith("FRESH START of tiny-"))
                .anyMatch(line -> line.matches("engine: local, [0-9]+ threads? \\(asked for by --engine\\)"))
                .anyMatch(line -> line.matches("upperObjectiveAtBestResponse: -[0-9.]+ at the start, -[0-9.]+ now .*"))
                .anyMatch(line -> line.contains("stackel export " + folder.resolve("a")));
        JsonNode status = run.json();
        assertThat(status.properties().stream().map(entry -> entry.getKey()))
                .containsExactly(
                        "name",
                        "state",
                        "reason",
                        "notices",
                        "step",
                        "iteration",
                        "samples",
                        "lowerSamples",
                        "upperSamples",
                        "upperObjective",
                        "upperObjectiveAtBestResponse",
                        "stationarityGap",
                        "lowerGap",
                        "stateSha256",
                        "metricsSha256",
                        "exitCode",
                        "retryable",
                        "wallSeconds",
                        "problemCode",
                        "problemCodeChange",
                        "lastCommit",
                        "identity",
                        "out");
        assertThat(status.path("state").textValue()).isEqualTo("complete");
        assertThat(status.path("step").longValue()).isEqualTo(12 * 4);
        assertThat(status.path("iteration").longValue()).isEqualTo(12);
        assertThat(status.path("samples").longValue())
                .isEqualTo(status.path("lowerSamples").longValue()
                        + status.path("upperSamples").longValue());
        assertThat(status.path("exitCode").intValue()).isZero();
        assertThat(status.path("retryable").booleanValue()).isFalse();
        assertThat(Invocation.of("status", folder.resolve("a"), "--json").json())
                .isEqualTo(status);
    }

    @Test
    void runThatWasStoppedAtAnyBatchEqualsOneThatWasNot() {
        String whole = run("whole").hashes();

        for (int batches : new int[] {1, 5, 2, 11, 3}) {
            Invocation part = Invocation.stoppedAfter(batches, arguments("parts", "--threads", 2));
            assertThat(part.code()).isEqualTo(75);
            assertThat(part.json().path("state").textValue()).isEqualTo("stopped");
            assertThat(part.json().path("retryable").booleanValue()).isTrue();
        }
        Invocation last = run("parts");

        assertThat(last.err()).contains("RESUME step=22 iteration=5 ");
        assertThat(last.code()).isZero();
        assertThat(last.hashes()).isEqualTo(whole);
    }

    /** Before its first row a run has no state: the follower of the status quo learns again, and nothing else does. */
    @Test
    void runThatWasStoppedBeforeItsFirstRowStartsAfreshAndEqualsOneThatWasNot() {
        tiny = Invocation.configuration("tiny-control.yaml", folder);
        String whole = run("whole").hashes();

        Invocation part = Invocation.stoppedAfter(3, arguments("parts"));
        assertThat(part.code()).isEqualTo(75);
        assertThat(part.err()).contains("status quo: 0 of 2");
        assertThat(part.json().path("state").textValue()).isEqualTo("stopped");
        assertThat(part.json().path("lastCommit").isNull()).isTrue();
        Invocation again = run("parts", "--threads", 2);

        assertThat(again.err()).contains("FRESH START").contains(" at the status quo, ");
        assertThat(again.hashes()).isEqualTo(whole);
    }

    @Test
    void aConfigurationThatIsNoFileIsRefusedWithTheNearestOne() {
        Invocation misspelt = Invocation.of("run", folder.resolve("tny.yaml"));
        Invocation directory = Invocation.of("run", folder);

        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("there is no such file", "; did you mean tiny.yaml?");
        assertThat(directory.code()).isEqualTo(2);
        assertThat(directory.err()).contains(folder + ": it is a directory; give a file in it");
    }

    @Test
    void widthOfTheEngineDoesNotShow() {
        String one = run("one").hashes();

        assertThat(run("three", "--threads", 3, "--partitions", 7).hashes()).isEqualTo(one);
    }

    @Test
    void finishedRunIsAlreadyCompleteAndIsNotClaimed() {
        JsonNode first = run("a").json();

        Invocation again = run("a");

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("already complete at iteration 12").doesNotContain("RESUME");
        assertThat(again.json()).isEqualTo(first);
        assertThat(folder.resolve("a/owners")).isDirectoryContaining("glob:**/00000001.json");
        assertThat(folder.resolve("a/owners").toFile().list()).hasSize(1);
    }

    @Test
    void raisedLimitExtendsAFinishedRunAndIsRecorded() throws IOException {
        run("short");
        Invocation extended = run("short", "--set", "stop.iterations=20");

        assertThat(extended.err()).contains("changed: stop.iterations: 12 -> 20");
        assertThat(extended.hashes())
                .isEqualTo(run("long", "--set", "stop.iterations=20").hashes());
        assertThat(commits("short")).contains("\"changes\":[\"stop.iterations: 12 -> 20\"]");
    }

    @Test
    void loweredLimitCompletesWhereTheRunStands() {
        Invocation.stoppedAfter(30, arguments("a"));

        Invocation lowered = run("a", "--set", "stop.iterations=5");

        assertThat(lowered.code()).isZero();
        assertThat(lowered.json().path("state").textValue()).isEqualTo("complete");
        assertThat(lowered.json().path("iteration").longValue()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void stationaryRunStopsAndIsComplete() {
        Invocation run = run("a", "--set", "stop.stationarityGap=10");

        assertThat(run.json().path("iteration").longValue()).isEqualTo(3);
        assertThat(run("a", "--set", "stop.stationarityGap=10").err()).contains("already complete at iteration 3");
        assertThat(run("a").hashes()).isEqualTo(run("b").hashes());
    }

    @Test
    void otherConfigurationIsRefusedWithWhatDiffers() {
        Invocation.stoppedAfter(1, arguments("a"));

        Invocation other = run("a", "--set", "upper.stepSize=0.25", "--set", "seed=7");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.out()).isEmpty();
        assertThat(other.err())
                .contains("the run file://" + folder.resolve("a") + "/ was started with another configuration")
                .contains("\n  seed: 0 -> 7\n")
                .contains("\n  upper.stepSize: 0.05 -> 0.25\n");
    }

    @Test
    void resumeMustAndNeverAreKept() {
        Invocation must = run("a", "--resume", "must");
        assertThat(must.code()).isEqualTo(2);
        assertThat(must.err()).contains("--resume must needs a run with a commit");
        assertThat(folder.resolve("a")).doesNotExist();

        assertThat(Invocation.stoppedAfter(1, arguments("a", "--resume", "never"))
                        .code())
                .isEqualTo(75);
        Invocation never = run("a", "--resume", "never");
        assertThat(never.code()).isEqualTo(2);
        assertThat(never.err()).contains("--resume never needs a place without a run");
        assertThat(run("a", "--resume", "must").code()).isZero();
    }

    @Test
    void driverWhoseRunWasTakenOverIsFencedAndTheOtherGoesOn() {
        AtomicInteger batches = new AtomicInteger();
        Invocation first = Invocation.until(
                () -> {
                    if (batches.incrementAndGet() == 6) {
                        QuietDirectory.await(folder.resolve("a"));
                        assertThat(Invocation.stoppedAfter(2, arguments("a")).code())
                                .isEqualTo(75);
                    }
                    return false;
                },
                arguments("a"));

        assertThat(batches.get()).isGreaterThan(6);
        assertThat(first.code()).as(first.err()).isEqualTo(5);
        assertThat(first.out()).isEmpty();
        assertThat(first.err()).contains("driver 2 has claimed it");
        assertThat(Invocation.of("status", folder.resolve("a"), "--json")
                        .json()
                        .path("state")
                        .textValue())
                .isEqualTo("stopped");
        assertThat(run("a").hashes()).isEqualTo(run("b").hashes());
    }

    @Test
    void takeoverOfAReleasedRunIsAllowed() {
        Invocation.stoppedAfter(1, arguments("a"));

        assertThat(run("a", "--takeover", "released").code()).isZero();
    }

    @Test
    void takeoverOfARunThatIsNotReleasedNeedsAlways() throws IOException {
        Invocation.stoppedAfter(1, arguments("a"));
        Files.delete(folder.resolve("a/status/00000001.json"));

        Invocation refused = run("a", "--takeover", "released");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("has not released it").contains("--takeover always");
        assertThat(run("a").code()).isZero();
    }

    @Test
    void aRangeOfSeedsIsASweepOfTheSameRuns() {
        Invocation sweep = run("seeds", "--set", "seed=0..2", "--set", "stop.iterations=5");

        assertThat(sweep.code()).as(sweep.err()).isZero();
        assertThat(sweep.err())
                .contains("seed is a range: a sweep of 3 runs in " + folder.resolve("seeds"))
                .contains("engine: local, ")
                .contains("stackel sweep report " + folder.resolve("seeds"));
        JsonNode trials = sweep.json().path("trials");
        assertThat(trials).hasSize(3);
        JsonNode one =
                run("one", "--set", "seed=1", "--set", "stop.iterations=5").json();
        assertThat(trials.get(1).path("seed").intValue()).isEqualTo(1);
        assertThat(trials.get(1).path("run").path("stateSha256")).isEqualTo(one.path("stateSha256"));
        assertThat(run("seeds", "--set", "seed=0..2", "--resume", "must").err())
                .contains("--resume, --takeover and --partitions are options of one run");
    }

    @Test
    void aRangeOfSeedsShowsTheStackOfAnErrorToo() {
        Invocation sweep = Invocation.of(
                "run",
                tiny,
                "--set",
                "seed=0..1",
                "--master",
                "spark://host:7077",
                "--out",
                folder.resolve("a"),
                "--debug");

        assertThat(sweep.code()).isEqualTo(2);
        assertThat(sweep.err()).contains("give --out on hdfs: or s3a:").contains("\tat io.stackel.cli.SweepSession");
    }

    @Test
    void dryRunPrintsTheResolvedConfigurationAndWritesNothing() throws IOException {
        Invocation dry =
                Invocation.of("run", tiny, "--dry-run", "--out", folder.resolve("a"), "--set", "stop.iterations=33");

        assertThat(dry.code()).isZero();
        assertThat(dry.err()).contains("would start afresh").contains("engine: local, ");
        assertThat(dry.out()).contains("iterations: 33").contains("exploration: 0.15");
        assertThat(folder.resolve("a")).doesNotExist();
        Path resolved = Files.writeString(folder.resolve("resolved.yaml"), dry.out());
        assertThat(Invocation.of("run", resolved, "--dry-run", "--out", folder.resolve("a"))
                        .out())
                .isEqualTo(dry.out());
    }

    @Test
    void dryRunSaysThatARunOfOtherNumericsCannotGoOn() {
        RunHeader mine = LoadedExperiment.load(
                        tiny.toString(), List.of(), getClass().getClassLoader())
                .header();
        RunHeader other = new RunHeader(mine.identity(), mine.numericsVersion() + 1);
        RunStore.open(Stores.open(folder.resolve("a").toUri(), new HadoopSettings(), false), other);

        Invocation dry = run("a", "--dry-run");

        assertThat(dry.code()).isEqualTo(2);
        assertThat(dry.err()).contains("was computed with numericsVersion " + other.numericsVersion());
    }

    @Test
    void defaultPlaceIsNamedAfterTheIdentity() {
        Invocation dry = Invocation.of("run", tiny, "--dry-run");
        Invocation renamed = Invocation.of("run", tiny, "--dry-run", "--set", "name=other");

        String place = dry.err().lines().findFirst().orElseThrow();
        assertThat(place).matches("opening file:.*/runs/tiny-[0-9a-f]{12}");
        assertThat(renamed.err()).startsWith(place.replace("/tiny-", "/other-"));
    }

    @Test
    void fiveMistakesAreOneMessage() {
        Path mistakes = Invocation.configuration("five-mistakes.yaml", folder);

        Invocation run = Invocation.of("run", mistakes, "--out", folder.resolve("a"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(6).first().asString().contains("5 mistakes in " + mistakes);
        assertThat(run.err())
                .contains(mistakes + ":2:1: name must be 1 to 64")
                .contains(mistakes + ":3:17: problem.name must be a known name")
                .contains("did you mean four-rooms?")
                .contains(mistakes + ":5:39: algorithm.sigma must be a number in (0, inf), but was -0.003")
                .contains(mistakes + ":5:54: algorithm.sides must be an allowed word")
                .contains("allowed: one, two")
                .contains(mistakes + ":6:25: upper.stepsize is not a key; did you mean stepSize?");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void partsThatDoNotFitAreAMistakeOfTheConfiguration() {
        Invocation run = run("a", "--set", "problem.entropyWeight=0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("first-order needs problem.entropyWeight above 0");
    }

    @Test
    void divergedRunKeepsItsLastGoodStateAndIsNotTriedAgain() {
        Object[] steep = arguments(
                "a", "--set", "upper.optimizer=sgd", "--set", "upper.stepSize=1e300", "--set", "stop.iterations=50");
        Invocation run = Invocation.of(steep);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("lower the step sizes");
        JsonNode status = Invocation.of("status", folder.resolve("a"), "--json").json();
        assertThat(status.path("state").textValue()).isEqualTo("diverged");
        assertThat(status.path("exitCode").intValue()).isEqualTo(4);
        assertThat(status.path("retryable").booleanValue()).isFalse();
        Invocation again = Invocation.of(steep);
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err()).contains("would do so again").doesNotContain("RESUME");
    }

    private String commits(String out) throws IOException {
        StringBuilder all = new StringBuilder();
        for (File file : folder.resolve(out).resolve("commits").toFile().listFiles()) {
            all.append(Files.readString(file.toPath()));
        }
        return all.toString();
    }
}
