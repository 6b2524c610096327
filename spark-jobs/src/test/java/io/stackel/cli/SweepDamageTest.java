package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.SealedFiles;
import io.stackel.store.Stores;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a sweep whose files are not as they were written. Its trials are exact, so that no Spark starts. */
class SweepDamageTest {

    private static final String SWEEP = """
            format: 1
            name: some
            configuration: tiny.yaml
            set: {algorithm: {name: exact}, stop.iterations: 4, checkpoint.every: 2}
            seeds: 0..2
            """;

    /** What may happen to a file. */
    private enum Damage {
        FLIPPED_EARLY,
        FLIPPED,
        FLIPPED_LATE,
        CUT,
        EMPTIED,
        DELETED;

        void strike(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            switch (this) {
                case FLIPPED_EARLY -> flip(file, bytes, bytes.length / 8);
                case FLIPPED -> flip(file, bytes, bytes.length / 2);
                case FLIPPED_LATE -> flip(file, bytes, bytes.length - 2);
                case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                case EMPTIED -> Files.write(file, new byte[0]);
                case DELETED -> Files.delete(file);
            }
        }

        private static void flip(Path file, byte[] bytes, int at) throws IOException {
            bytes[at] ^= 4;
            Files.write(file, bytes);
        }
    }

    @TempDir
    static Path shared;

    private static Path text;
    private static Path whole;

    @TempDir
    Path folder;

    private Path sweep;
    private List<String> names;

    /** Two trials that are complete, and one that waits. */
    @BeforeAll
    static void finishTwo() throws IOException {
        Invocation.configuration("tiny.yaml", shared);
        text = Files.writeString(shared.resolve("some.yaml"), SWEEP);
        whole = shared.resolve("whole");
        Invocation planned = Invocation.of("sweep", "plan", text, "--out", whole, "--format", "json");
        assertThat(planned.code()).as(planned.err()).isZero();
        for (int trial : new int[] {0, 1}) {
            String name = planned.json().path("trials").get(trial).path("name").asText();
            Invocation run = Invocation.of("sweep", "run", whole, "--engine", "spark", "--trial", name);
            assertThat(run.code()).as(run.err()).isZero();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        sweep = folder.resolve("sweep");
        restore();
        names = trials().keySet().stream().toList();
    }

    private void restore() throws IOException {
        if (Files.exists(sweep)) {
            remove(sweep);
        }
        try (var files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, sweep.resolve(whole.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void remove(Path place) throws IOException {
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Invocation command(String verb, Object... more) {
        Object[] words = new Object[more.length + 2];
        words[0] = "sweep";
        words[1] = verb;
        System.arraycopy(more, 0, words, 2, more.length);
        return Invocation.of(words);
    }

    /** The trials in the order of the plan. */
    private Map<String, JsonNode> trials() {
        Invocation status = command("status", sweep, "--json");
        assertThat(status.code()).as(status.err()).isZero();
        Map<String, JsonNode> trials = new LinkedHashMap<>();
        status.json()
                .path("trials")
                .forEach(trial -> trials.put(trial.path("name").asText(), trial));
        return trials;
    }

    private String state(int trial) {
        return trials().get(names.get(trial)).path("state").asText();
    }

    private List<Path> filesOf(Path place) throws IOException {
        try (var files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(sweep::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whateverHappensToAFileOfATrialTheOthersGoOn() throws IOException {
        Set<String> states = new TreeSet<>();
        Map<String, JsonNode> before = trials();
        for (Path file : filesOf(sweep.resolve("trials/" + names.get(0)))) {
            for (Damage damage : Damage.values()) {
                restore();
                if (Files.size(sweep.resolve(file)) == 0 && damage != Damage.DELETED) {
                    continue;
                }
                damage.strike(sweep.resolve(file));

                Map<String, JsonNode> after = trials();

                String how = damage + " " + file + ": " + after.get(names.get(0));
                String state = after.get(names.get(0)).path("state").asText();
                states.add(state);
                assertThat(state).as(how).isIn("complete", "damaged", "running");
                assertThat(after.get(names.get(1)).path("run"))
                        .as(how)
                        .isEqualTo(before.get(names.get(1)).path("run"));
                assertThat(after.get(names.get(2)).path("state").asText())
                        .as(how)
                        .isEqualTo("waiting");
                if (state.equals("damaged")) {
                    assertThat(after.get(names.get(0)).path("reason").asText())
                            .as(how)
                            .isNotEmpty();
                }
                if (damage == Damage.FLIPPED || damage == Damage.DELETED) {
                    assertTheOthersGoOn(how, state);
                }
            }
        }
        assertThat(states).contains("damaged", "complete");
    }

    private void assertTheOthersGoOn(String how, String state) throws IOException {
        boolean damaged = state.equals("damaged");
        Invocation report = command("report", sweep);
        assertThat(report.code()).as(how + report.err()).isZero();
        assertThat(Files.readString(sweep.resolve("report.html")).contains("damaged: "))
                .as(how)
                .isEqualTo(damaged);

        Invocation run = command("run", sweep, "--engine", "spark");

        assertThat(run.code()).as(how + run.err()).isEqualTo(damaged ? 3 : 0);
        assertThat(run.err()).contains((state.equals("running") ? 2 : 1) + " to run");
        assertThat(state(2)).as(how).isEqualTo("complete");
        assertThat(command("retry", sweep, "--failed", "--engine", "spark").err())
                .as(how)
                .contains("0 to run");
    }

    @Test
    void aDamagedTrialIsNeverRankedAndSaysWhatToDo() throws IOException {
        Path runFile = sweep.resolve("trials/" + names.get(0) + "/run.json");
        Damage.CUT.strike(runFile);

        Invocation status = command("status", sweep);
        command("report", sweep);

        assertThat(status.out())
                .contains("complete 1", "damaged  1", "1 damaged: run.json", "  trials/" + names.get(0))
                .contains("restore what is damaged from a copy, or remove that trial's directory");
        assertThat(Files.readString(sweep.resolve("report.html"))).contains("1 / 3", "1 trials were lost");
        remove(runFile.getParent());
        assertThat(command("run", sweep, "--engine", "spark").code()).isZero();
        assertThat(state(0)).isEqualTo("complete");
    }

    @Test
    void aPlanThatIsNotAsItWasWrittenIsNamedAndNothingIsDone() throws IOException {
        for (Damage damage : Damage.values()) {
            restore();
            damage.strike(sweep.resolve("plan.json"));
            List<Path> before = filesOf(sweep);
            for (Invocation refused : List.of(
                    command("status", sweep),
                    command("report", sweep),
                    command("run", sweep, "--engine", "spark"),
                    command("retry", sweep, "--failed", "--engine", "spark"))) {
                assertThat(refused.code())
                        .as(damage + ": " + refused.err())
                        .isEqualTo(damage == Damage.DELETED ? 2 : 3);
                assertThat(refused.err()).contains("plan.json").doesNotContain("mistake in Stackel");
            }
            assertThat(filesOf(sweep)).isEqualTo(before);
        }
    }

    @Test
    void failuresThatAreNotAsTheyWereWrittenArePassedOver() throws IOException {
        Path failure = Files.createDirectories(sweep.resolve("failures")).resolve(names.get(2) + ".json");
        for (String broken :
                List.of("", "{", "[]", "{\"format\":1}", "{\"format\":2,\"exitCode\":3,\"reason\":\"x\"}\n")) {
            Files.writeString(failure, broken);
            Invocation status = command("status", sweep);

            assertThat(status.code()).as(status.err()).isZero();
            assertThat(status.out())
                    .contains("waiting  1", "notice: failures/" + names.get(2) + ".json is passed over");
        }
        Files.writeString(sweep.resolve("failures/" + names.get(1) + ".json"), "");
        Invocation run = command("run", sweep, "--engine", "spark");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.exists(failure)).isFalse();
    }

    @Test
    void trialsThatWereTakenOverOrStoppedGoOnWithoutARetry() {
        for (int code : new int[] {5, 75}) {
            seal(
                    "failures/" + names.get(2) + ".json",
                    "{\"format\":2,\"exitCode\":" + code + ",\"reason\":\"why\",\"epoch\":0}");
            JsonNode stopped = trials().get(names.get(2));

            assertThat(stopped.path("state").asText()).isEqualTo("stopped");
            assertThat(stopped.path("exitCode").intValue()).isEqualTo(code);
            assertThat(command("status", sweep).out()).contains("1 stopped: why");
            assertThat(command("retry", sweep, "--failed", "--engine", "spark").err())
                    .contains("0 to run");
        }
        assertThat(command("run", sweep, "--engine", "spark").code()).isZero();
    }

    private void seal(String file, String object) {
        new SealedFiles(Stores.openForReading(sweep.toUri(), new HadoopSettings())).replace(file, object);
    }

    @Test
    void aPlanThatNamesAnotherPlaceIsRefusedAndNothingIsWrittenThere() throws IOException {
        String plan = Files.readAllLines(sweep.resolve("plan.json")).get(0);
        seal("plan.json", plan.replace(names.get(2), "../../evil"));

        Invocation run = command("run", sweep, "--engine", "spark");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("plan.json", "\"../../evil\"");
        try (var found = Files.list(folder)) {
            assertThat(found).containsExactly(sweep);
        }
    }

    @Test
    void aConfigurationThatIsNotTheOneOfItsNameFailsAloneBeforeAnythingIsWrittenThere() throws IOException {
        String plan = Files.readAllLines(sweep.resolve("plan.json")).get(0);
        int last = plan.lastIndexOf("\"seed\": 2");
        seal("plan.json", plan.substring(0, last) + "\"seed\": 7" + plan.substring(last + 9));

        Invocation run = command("run", sweep, "--engine", "spark");

        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(state(2)).isEqualTo("failed");
        assertThat(run.err()).contains("must be the run that was planned");
        assertThat(sweep.resolve("trials/" + names.get(2))).doesNotExist();
        assertThat(state(1)).isEqualTo("complete");
    }

    @Test
    void aReportThatCannotBeWrittenIsNoMistakeOfOurs() throws IOException {
        Files.createDirectories(sweep.resolve("report.html/below"));
        Invocation own = command("report", sweep);
        Invocation other = command("report", sweep, "--to", folder.resolve("none/page.html"));

        assertThat(own.code()).as(own.err()).isIn(2, 75);
        assertThat(own.err()).contains("report.html");
        assertThat(other.code()).as(other.err()).isEqualTo(2);
        assertThat(other.err()).contains("cannot write " + folder.resolve("none/page.html"));
    }
}
