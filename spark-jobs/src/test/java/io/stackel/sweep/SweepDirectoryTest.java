package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.math.Sha256;
import io.stackel.run.ExitCode;
import io.stackel.run.RunEnd;
import io.stackel.store.RunTraces;
import io.stackel.store.SealedFiles;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepDirectoryTest {

    private static final Trial FIRST = trial(0);
    private static final SweepPlan PLAN =
            new SweepPlan("one", List.of("a"), Requirements.NONE, List.of(), List.of(FIRST, trial(1)), List.of());

    @TempDir
    Path folder;

    private Path sweep;
    private SweepDirectory directory;

    private static Trial trial(long seed) {
        String identity = Sha256.of("seed " + seed);
        return new Trial(
                "one-" + identity.substring(0, 12), identity, seed, Map.of("a", "1"), "{\"seed\":" + seed + "}");
    }

    @BeforeEach
    void open() {
        sweep = folder.resolve("sweep");
        directory = new SweepDirectory(storage());
    }

    private Storage storage() {
        return Stores.openForReading(sweep.toUri(), () -> {
            throw new AssertionError("a local sweep must not ask for Hadoop");
        });
    }

    private StorageException refused() {
        return catchThrowableOfType(StorageException.class, () -> directory.plan());
    }

    @Test
    void thePlanIsSealedAndWrittenOnce() throws IOException {
        directory.write(PLAN);
        List<String> lines = Files.readAllLines(sweep.resolve("plan.json"));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo("sha256:" + Sha256.of(lines.get(0)));
        assertThat(directory.plan()).contains(PLAN);
        assertThatCode(() -> directory.write(PLAN)).doesNotThrowAnyException();
        assertThatThrownBy(() -> directory.write(
                        new SweepPlan("two", List.of("a"), Requirements.NONE, List.of(), List.of(FIRST), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is another plan at ");
    }

    @Test
    void aPlanOfBeforeTheSealIsReadAndStillTheSame() throws IOException {
        Files.createDirectories(sweep);
        Files.writeString(sweep.resolve("plan.json"), PLAN.textOfFormatOne());

        assertThat(directory.plan()).contains(PLAN);
        assertThatCode(() -> directory.write(PLAN)).doesNotThrowAnyException();
        assertThat(Files.readString(sweep.resolve("plan.json"))).startsWith("{\"format\":1,");
        assertThat(PLAN.directoryName())
                .isEqualTo("one-" + Sha256.of(PLAN.textOfFormatOne()).substring(0, 12));
    }

    @Test
    void aDamagedPlanIsNamedAndNotAnotherPlan() throws IOException {
        directory.write(PLAN);
        byte[] whole = Files.readAllBytes(sweep.resolve("plan.json"));
        List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], "not JSON".getBytes(StandardCharsets.UTF_8)));
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        damaged.add(flipped);
        damaged.add(PLAN.line().getBytes(StandardCharsets.UTF_8));
        for (byte[] bytes : damaged) {
            Files.write(sweep.resolve("plan.json"), bytes);

            assertThat(refused().kind()).isEqualTo(StorageException.Kind.DAMAGED);
            assertThat(refused()).hasMessageStartingWith("plan.json of file:");
            assertThatCode(() -> directory.write(PLAN)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void namesOfTrialsAreThoseOfTheirIdentities() {
        String name = FIRST.name();
        String digits = name.substring(4);
        for (String evil : List.of(
                "../../../evil-" + digits, "one/../../evil-" + digits, "one-0123456789ab", "ONE-" + digits, "", ".")) {
            new SealedFiles(storage()).replace("plan.json", PLAN.line().replace(name, evil));

            assertThat(refused().kind()).as(evil).isEqualTo(StorageException.Kind.DAMAGED);
            assertThat(refused()).hasMessageContaining("a trial's name must be the configuration's, a hyphen and");
        }
    }

    @Test
    void aPlanThatIsNoneIsDamaged() {
        for (String other : List.of(
                "{\"format\":2}",
                PLAN.line().replace("\"axes\":{\"a\":\"1\"}", "\"axes\":{}"),
                PLAN.line().replace("\"seed\":1,", "\"seed\":\"1\","),
                PLAN.line().replace("\"completeShare\":0", "\"completeShare\":7"),
                PLAN.line()
                        .replace(PLAN.trials().get(1).name(), FIRST.name())
                        .replace(PLAN.trials().get(1).identity(), FIRST.identity()))) {
            new SealedFiles(storage()).replace("plan.json", other);

            assertThat(refused().kind()).as(other).isEqualTo(StorageException.Kind.DAMAGED);
        }
    }

    @Test
    void failuresThatAreNotAsTheyWereWrittenArePassedOverWithANotice() throws IOException {
        directory.record(FIRST, RunEnd.failed(ExitCode.DATA, "broken", 0), RunTraces.NONE);
        Path file = sweep.resolve("failures/" + FIRST.name() + ".json");
        byte[] whole = Files.readAllBytes(file);
        List<String> notices = new ArrayList<>();
        assertThat(directory.failure(FIRST, notices::add).orElseThrow().reason())
                .isEqualTo("broken");
        assertThat(notices).isEmpty();
        for (byte[] bytes : List.of(
                new byte[0],
                "{".getBytes(StandardCharsets.UTF_8),
                "{\"format\":1}\n".getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, bytes);
            notices.clear();

            assertThat(directory.failure(FIRST, notices::add)).isEmpty();
            assertThat(notices)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("failures/" + FIRST.name() + ".json is passed over");
        }
        whole[whole.length / 3] ^= 4;
        Files.write(file, whole);
        assertThat(directory.failure(FIRST, notices::add)).isEmpty();
        Files.writeString(file, "{\"format\":1,\"exitCode\":2,\"reason\":\"of before the seal\"}\n");
        assertThat(directory.failure(FIRST, notices::add))
                .contains(new TrialFailure(ExitCode.USAGE, "of before the seal", RunTraces.NONE));
    }

    @Test
    void placesThatCannotBeReadOrWrittenAreFailuresOfTheStore() throws IOException {
        Files.createDirectories(sweep.resolve("plan.json/below"));
        Files.writeString(sweep.resolve("failures"), "a file");

        assertThatCode(() -> directory.plan()).isInstanceOf(StorageException.class);
        assertThatCode(() -> directory.record(FIRST, RunEnd.failed(ExitCode.DATA, "", 0), RunTraces.NONE))
                .isInstanceOf(StorageException.class);
    }
}
