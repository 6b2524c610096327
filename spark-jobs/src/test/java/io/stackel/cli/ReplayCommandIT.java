package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trajectory that throws or never ends is named, and the printed command finds it again. */
class ReplayCommandIT {

    private static final Pattern UNIT =
            Pattern.compile("chunk \\d+, (unit \\d+ of training stream \\d+, trajectories \\d+ to \\d+)");
    private static final Pattern COMMAND = Pattern.compile("stackel (replay .*)");

    @TempDir
    Path folder;

    private Path fault;

    @BeforeEach
    void writeConfiguration() throws IOException {
        fault = Files.writeString(
                folder.resolve("fault.yaml"), UserProblem.CONFIGURATION.replace("iterations: 4", "iterations: 400"));
    }

    private Invocation run(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", fault, "--out", folder.resolve("run")));
        arguments.addAll(List.of(more));
        return UserProblem.found(folder, () -> Invocation.of(arguments.toArray()));
    }

    private Invocation printed(String err) {
        return UserProblem.found(
                folder, () -> Invocation.of((Object[]) first(COMMAND, err).split(" ")));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(matcher.groupCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--engine local --threads 2", "--engine spark --threads 2 --partitions 3"})
    void aTrajectoryThatThrowsIsFoundAgainByThePrintedCommand(String engine) {
        Invocation broken = run(
                Stream.of((engine + " --set problem.mistake=throws").split(" ")).toArray());

        assertThat(broken.code()).as(broken.err()).isEqualTo(3);
        assertThat(broken.err()).contains("problem faulty-walk, seed 0").contains("the walker has fallen");
        Invocation again = printed(broken.err());
        assertThat(again.code()).as(again.err()).isEqualTo(3);
        assertThat(again.err())
                .contains("the walker has fallen")
                .contains("at org.example.FaultyWalk$Walk.strike(FaultyWalk.java:");
        String unit = first(UNIT, again.err());
        assertThat(broken.err().contains(unit)).isEqualTo(engine.contains("--partitions"));
    }

    @Test
    void aTrajectoryThatNeverEndsIsGivenUpAndItsChunksAreNamed() {
        Invocation endless = run(
                "--engine",
                "spark",
                "--threads",
                2,
                "--partitions",
                3,
                "--set",
                "problem.mistake=endless",
                "--batch-seconds",
                5);

        assertThat(endless.code()).as(endless.err()).isEqualTo(75);
        assertThat(endless.err())
                .contains("not finished within the 5 s of --batch-seconds; of ")
                .containsPattern("chunks these did not end: chunks? \\d")
                .containsPattern("stackel replay .* --step \\d+ --chunk \\d+");
    }

    @Test
    void aSoundBatchIsToldSo() {
        assertThat(run("--engine", "local", "--set", "stop.iterations=3", "--set", "problem.mistake=none")
                        .code())
                .isZero();

        Invocation sound = UserProblem.found(
                folder, () -> Invocation.of("replay", folder.resolve("run"), "--step", 20, "--chunk", 1));

        assertThat(sound.code()).as(sound.err()).isZero();
        assertThat(sound.out()).isEqualTo("no failure in the batch of step 20, chunk 1\n");
        assertThat(sound.err()).contains("  unit ");
        assertThat(UserProblem.found(
                                folder,
                                () -> Invocation.of("replay", folder.resolve("run"), "--step", 20, "--chunk", 99))
                        .code())
                .isEqualTo(2);
    }
}
