package io.stackel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.families.Families;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.run.EngineChoice;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunRequest;
import io.stackel.run.RunSession;
import io.stackel.store.RunState;
import io.stackel.store.Takeover;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.example.FaultyWalk;
import org.example.InterruptingWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program gets that has no Spark. */
class StackelTest {

    static final String TINY = resource("tiny.yaml");

    /** Reward design without its problem: 5 states, 3 actions. */
    static final String NO_PROBLEM = text().replaceFirst("(?m)^problem:.*$", "");

    /** A walk without the name of its problem. */
    static final String WALK = """
            format: 1
            name: walk
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            upper: {units: 8, stepSize: 0.01}
            lower: {solver: sampled, innerSteps: 1, optimizer: adam, stepSize: 0.05, units: 8}
            sampling: {horizon: 20, unitsPerChunk: 4, baseline: none}
            stop: {iterations: 2}
            evaluation: {every: 1, units: 8, statusQuo: 0}
            """;

    @TempDir
    Path folder;

    private static String resource(String name) {
        try {
            return Path.of(StackelTest.class
                            .getResource("/io/stackel/cli/" + name)
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text() {
        try {
            return Files.readString(Path.of(TINY));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String place(String name) {
        return folder.resolve(name).toString();
    }

    /** The hash of the state at the end, as the command line computes it. */
    static Object hashOfTheCommandLine(Path out) {
        LoadedExperiment loaded = LoadedExperiment.load(TINY, List.of(), StackelTest.class.getClassLoader());
        RunRequest request =
                new RunRequest(RunRequest.Resume.AUTO, Takeover.ALWAYS, EngineChoice.oneThread(), false, false);
        new RunSession(loaded, request, () -> () -> false).run(out.toUri());
        return hash(Stackel.open(out.toString()));
    }

    static Object hash(Run run) {
        return run.status().get("stateSha256");
    }

    /** The problem of {@link #TINY}, as a program may build one. */
    static Problem design() {
        ProblemFactory factory = Families.all().stream()
                .filter(one -> one.name().equals("reward-design"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> values = new TreeMap<>();
        factory.parameters().forEach(one -> one.fallback().ifPresent(value -> values.put(one.name(), value)));
        values.put("states", 5L);
        values.put("actions", 3L);
        return factory.create(Settings.of(values));
    }

    @Test
    void fileTextAndMapGiveTheBitsOfTheCommandLine() {
        Object expected = hashOfTheCommandLine(folder.resolve("expected"));
        Map<String, Object> map = Map.of(
                "format", 1,
                "name", "tiny",
                "problem", Map.of("name", "reward-design", "states", 5, "actions", 3),
                "policy", Map.of("name", "tabular-softmax"),
                "algorithm", Map.of("name", "first-order", "sigma", 0.2, "sides", "two", "coupling", "shared"),
                "upper", Map.of("optimizer", "adam", "stepSize", 0.05f, "units", 24),
                "lower", Map.of("solver", "sampled", "innerSteps", 3, "optimizer", "natural", "units", 16),
                "sampling", Map.of("horizon", 25, "unitsPerChunk", 4));

        Run file = Stackel.file(TINY).out(place("file")).run();
        Run text = Stackel.text(text()).local(2).out(place("text")).run();
        Run ofMap = Stackel.map(map)
                .set("stop.iterations", 12)
                .set("evaluation", Map.of("every", 3))
                .set("checkpoint.every", "4")
                .out(place("map"))
                .run();

        assertThat(List.of(hash(file), hash(text), hash(ofMap))).containsOnly(expected);
    }

    @Test
    void theAnswerHasTheShapesThatTheDocumentationSays() {
        Run run = Stackel.file(TINY).out(place("run")).run();

        assertThat(run.isComplete()).isTrue();
        assertThat(run.status()).containsEntry("iteration", 12L).doesNotContainKey("exit");
        assertThat(run.names()).hasSize(run.x().length);
        assertThat(run.policy()).hasDimensions(5, 3).isDeepEqualTo(run.policy(0));
        assertThat(Arrays.stream(run.policy())
                        .mapToDouble(row -> Arrays.stream(row).sum()))
                .allSatisfy(sum -> assertThat(sum).isCloseTo(1, within(1e-12)));
        assertThat(run.shape("value")).containsExactly(5);
        assertThat(run.numbers("policy")[4]).isEqualTo(run.policy()[1][1]);
        assertThat(run.metrics()).extracting(row -> row.get("iteration")).containsExactly(0L, 3L, 6L, 9L, 12L);
        assertThat(run.metrics().get(4).get("upperObjectiveAtBestResponse"))
                .isEqualTo(run.status().get("upperObjectiveAtBestResponse"));
        assertThatThrownBy(() -> run.numbers("leaderPolicy"))
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageEndingWith(
                        " has no array leaderPolicy; it has parameters, parametersMinus, parametersPlus, policy,"
                                + " upperValue, value, x");
    }

    @Test
    void aRunThatWasStoppedGoesOnWithTheSameBits() {
        Object expected = hash(Stackel.file(TINY).out(place("whole")).run());
        AtomicInteger steps = new AtomicInteger();
        Stackel tiny = Stackel.file(TINY).out(place("run"));
        tiny.listener(new RunListener() {
            @Override
            public void progressed(Progress progress) {
                if (steps.incrementAndGet() == 7) {
                    tiny.stop();
                }
            }
        });

        Run stopped = tiny.run();

        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat(stopped.isComplete()).isFalse();
        assertThat(stopped.status()).containsEntry("step", 7L);
        assertThat(hash(tiny.run())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptGivesTheBatchInFlightUpAndStaysAnInterrupt(int workers) {
        Stackel walk = Stackel.text(WALK)
                .problem(new InterruptingWalk.Factory())
                .set("stop.iterations", 12)
                .local(workers);
        Object expected = hash(walk.out(place("whole")).run());
        InterruptingWalk.interrupt(Thread.currentThread(), 150);

        Run stopped = walk.out(place("run")).run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat((Long) stopped.status().get("step")).isBetween(1L, 23L);
        assertThat(hash(walk.run())).isEqualTo(expected);
    }

    @Test
    void aListenerFollows() {
        List<RunListener.Progress> seen = new ArrayList<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RunListener printing = RunListener.printing(new PrintStream(printed, true, StandardCharsets.UTF_8), 0);

        Stackel.file(TINY)
                .out(place("run"))
                .listener(new RunListener() {
                    @Override
                    public void told(String lines) {
                        printing.told(lines);
                    }

                    @Override
                    public void progressed(Progress progress) {
                        seen.add(progress);
                        printing.progressed(progress);
                    }
                })
                .run();

        assertThat(seen).hasSize(48);
        assertThat(seen.get(47).iteration()).isEqualTo(12);
        assertThat(seen.get(47).figures()).containsKey("upperObjective");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("FRESH START of tiny-")
                .containsPattern("iteration 12 of 12, [0-9.kM]+ samples, upperObjective -?[0-9.]+\n");
    }

    @Test
    void exitCodesAreClasses() {
        assertThatThrownBy(() -> Stackel.file(place("absent.yaml")))
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageStartingWith("cannot read the configuration ");
        assertThatThrownBy(() -> Stackel.file(TINY)
                        .set("seeed", 1)
                        .set("upper.units", -1)
                        .run())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageContaining("2 mistakes in ")
                .hasMessageContaining("seeed")
                .hasMessageContaining("upper.units");
        assertThatThrownBy(() -> Stackel.file(TINY).set("upper.stepSize", new Object()))
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageStartingWith(
                        "a value must be a number, a boolean, text, or a list or map of these, but was ");
        assertThatThrownBy(() -> Stackel.open(place("nowhere")))
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageStartingWith("there is no run at ");
        assertThatThrownBy(() -> Stackel.file(TINY)
                        .out(place("new"))
                        .resume(RunRequest.Resume.MUST)
                        .run())
                .isInstanceOfSatisfying(
                        StackelException.Usage.class,
                        usage -> assertThat(usage.exitCode()).isEqualTo(2));
        assertThatThrownBy(() -> Stackel.file(TINY)
                        .set("upper", Map.of("optimizer", "sgd", "stepSize", 1e300, "units", 8))
                        .out(place("diverged"))
                        .run())
                .isInstanceOf(StackelException.Diverged.class);
        assertThat(Stackel.open(place("diverged")).state()).isEqualTo(RunState.DIVERGED);
    }

    @Test
    void aProblemMayBeAnObject() {
        Object expected = hash(Stackel.file(TINY).out(place("named")).run());
        Stackel mine = Stackel.text(NO_PROBLEM).problem("mine", design()).out(place("object"));

        Run run = mine.run();

        assertThat(hash(run)).isEqualTo(expected);
        assertThat(run.policy()).hasDimensions(5, 3);
        assertThat(hash(mine.set("stop.iterations", 15).run())).isNotEqualTo(expected);
        assertThat(mine.read().status()).containsEntry("iteration", 15L);
        assertThatThrownBy(() ->
                        Stackel.text(NO_PROBLEM).problem("tax-design", design()).run())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageStartingWith("problem names must be unique, but tax-design is the name of ");
        assertThatThrownBy(() -> Stackel.open(place("object")).x())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageContaining("problem.name must be a known name, but was the text \"mine\"")
                .hasMessageEndingWith("read the run with that: Stackel.text(...).problem(...).out(...).read()");
    }

    @Test
    void theLastProblemThatWasGivenCounts() {
        Stackel mine = Stackel.text(NO_PROBLEM).problem("first", design()).problem("second", design());

        assertThat(mine.resolved()).contains("name: second").doesNotContain("first\n");
        assertThat(mine.set("problem.name", "third").problem("fourth", design()))
                .isSameAs(mine);
        assertThatThrownBy(mine::resolved).hasMessageContaining("was the text \"third\"");
    }

    @Test
    void aFactoryNeedsNoServiceEntry() {
        Stackel walk = Stackel.text(WALK)
                .problem(new FaultyWalk.Factory())
                .set("problem.mistake", "none")
                .out(place("walk"));

        assertThat(walk.run().isComplete()).isTrue();
        assertThat(walk.resolved()).contains("faulty-walk");
    }
}
