package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    Path folder;

    @Test
    void helpIsAResultAndListsWhatMayBeNamed() {
        Invocation help = Invocation.of("--help");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("Usage: stackel")
                .contains("\n  four-rooms       ")
                .contains("\n  first-order      ")
                .contains("\n  75  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "status", "verify", "export", "exact", "check", "schema"})
    void everyCommandHasHelpWithExamples(String command) {
        Invocation help = Invocation.of(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: stackel " + command).contains("Examples:\n  stackel " + command);
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    }

    /** Names of the user's own are part of the help, and of what a misspelt option may have meant. */
    @Test
    void aBrokenJarIsNamedAndHelpIsGiven() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.stackel.problem.ProblemFactory"), "org.example.Missing");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader broken =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(broken);

            Invocation help = Invocation.of("--help");
            assertThat(help.code()).as(help.err()).isZero();
            assertThat(help.out()).contains("org.example.Missing").contains("\n  four-rooms       ");
            Invocation misuse = Invocation.of("run", "a.yaml", "--iterations", "5");
            assertThat(misuse.code()).isEqualTo(2);
            assertThat(misuse.err())
                    .startsWith("stackel: there is no option --iterations")
                    .doesNotContain("\tat ");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void versionIsAResult() {
        assertThat(Invocation.of("--version").out()).matches("stackel \\S+ \\(numerics \\d+, Java \\d+\\)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "stats", "run --engine flink a.yaml", "run a.yaml --threads two", "run a b"})
    void misuseIsAnswered(String line) {
        Object[] words = line.isEmpty() ? new Object[0] : line.split(" ");

        Invocation misuse = Invocation.of(words);

        assertThat(misuse.code()).isEqualTo(2);
        assertThat(misuse.out()).isEmpty();
        assertThat(misuse.err()).startsWith("stackel: ").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void misspeltCommandIsGuessed() {
        assertThat(Invocation.of("exprt").err()).contains("did you mean 'stackel export'?");
        assertThat(Invocation.of("rnu", "a.yaml").err()).contains("did you mean 'stackel run'?");
        assertThat(Invocation.of("sweep", "rum").err()).contains("did you mean 'stackel sweep run'?");
        assertThat(Invocation.of("run", "a.yaml", "--enginee", "local").err()).contains("did you mean --engine?");
    }

    /** Where people fall who know the keys and not the option. */
    @Test
    void keysWithoutSetAreShownWithIt() {
        assertThat(Invocation.of("run", "a.yaml", "stop.iterations=5").err())
                .startsWith("stackel: stop.iterations=5 must follow --set: --set stop.iterations=5\n");
        assertThat(Invocation.of("run", "a.yaml", "--iterations", "5").err())
                .contains("given by --set: --set stop.iterations=5\n");
        assertThat(Invocation.of("run", "a.yaml", "--seed=5").err()).contains("given by --set: --set seed=5\n");
        assertThat(Invocation.of("run", "a.yaml", "--units", "5").err())
                .contains("--set lower.units=5, or --set upper.units=5\n");
        assertThat(Invocation.of("status", "a", "--iterations", "5").err()).doesNotContain("--set");
    }

    @Test
    void aSweepAndAConfigurationAreToldApartInOneSentence() {
        Path rooms = GoldenLine.EXPERIMENTS.resolve("four-rooms.yaml");
        Path sweep = GoldenLine.EXPERIMENTS.resolve("../sweeps/four-rooms.yaml");

        assertThat(Invocation.of("run", sweep).err())
                .hasLineCount(2)
                .contains("this is a sweep, not a configuration; run it with 'stackel sweep run'");
        assertThat(Invocation.of("sweep", "run", rooms).err())
                .hasLineCount(2)
                .contains("this is a configuration, not a sweep; run it with 'stackel run'");
    }

    @Test
    void keysThatDoNotGoWithANewNameAreToldHowToReplaceTheSection() {
        Path rooms = GoldenLine.EXPERIMENTS.resolve("four-rooms.yaml");

        assertThat(Invocation.of("run", rooms, "--set", "algorithm.name=pbrl").err())
                .contains(
                        "algorithm.sides is not a key of pbrl, and --set algorithm.name=pbrl keeps the other keys of the"
                                + " section; use --set 'algorithm={name: pbrl}' to replace it as a whole");
    }

    @Test
    void missingConfigurationSaysWhereItWasLookedFor() {
        Invocation run = Invocation.of("run", folder.resolve("none.yaml"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("cannot read the configuration " + folder.resolve("none.yaml"))
                .contains("no such file")
                .doesNotContain("\tat ");
    }

    @Test
    void debugAddsTheStack() {
        assertThat(Invocation.of("run", folder.resolve("none.yaml"), "--debug").err())
                .contains("\tat io.stackel.cli.");
        assertThat(Invocation.of("--debug", "run", folder.resolve("none.yaml")).err())
                .contains("\tat io.stackel.cli.");
    }

    @Test
    void schemaIsJson() {
        Invocation schema = Invocation.of("schema");

        assertThat(schema.code()).isZero();
        assertThat(schema.json().path("properties").path("problem").isObject()).isTrue();
    }

    @Test
    void contradictingEngineOptionsAreRefused() {
        assertThat(Invocation.of("run", "a.yaml", "--engine", "local", "--master", "local[2]")
                        .err())
                .contains("--master is an option of --engine spark");
        assertThat(Invocation.of("run", "a.yaml", "--threads", 2, "--master", "local[2]")
                        .err())
                .contains("--threads contradicts --master local[2]");
        assertThat(Invocation.of("run", "a.yaml", "--master", "sparkle://x").err())
                .contains("--master must be local, local[N],")
                .contains("but was sparkle://x");
        assertThat(Invocation.of("run", "a.yaml", "--partitions", 0).err())
                .contains("--partitions must be at least 1, but was 0");
    }

    @Test
    void everyExperimentOfTheProjectCanBeRun() throws IOException {
        File[] files = Path.of(System.getProperty("basedir", ""), "../conf/experiments")
                .toFile()
                .listFiles();

        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        for (File file : files) {
            Invocation dry = Invocation.of("run", file, "--dry-run", "--out", folder.resolve("a"));
            if (Files.readString(file.toPath()).contains("training: data/")) {
                assertThat(dry.err()).contains("must be a data set that 'stackel data import' made");
            } else {
                assertThat(dry.code()).as(dry.err()).isZero();
            }
        }
    }
}
