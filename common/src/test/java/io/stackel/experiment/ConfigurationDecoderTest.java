package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.algorithm.Setup;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationDecoderTest {

    private static final String LEAST = """
            format: 1
            name: four-rooms
            problem: {name: four-rooms}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.003}
            sampling: {horizon: 200}
            """;

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);

    @Test
    void leastConfigurationGetsTheDocumentedDefaults() {
        ExperimentConfiguration configuration = decode(LEAST);

        assertThat(configuration.name()).isEqualTo("four-rooms");
        assertThat(configuration.seed()).isZero();
        assertThat(configuration.problem()).isInstanceOf(ProblemSelection.Named.class);
        assertThat(configuration.problem().settings().real("discount")).isEqualTo(0.99);
        assertThat(configuration.problem().settings().flag("walls")).isTrue();
        assertThat(configuration.policy().name()).isEqualTo("tabular-softmax");
        assertThat(configuration.algorithm().settings().real("sigma")).isEqualTo(0.003);
        assertThat(configuration.algorithm().settings().has("penaltyWeight")).isFalse();
        Setup.UpperRule upper = SetupDecoder.upper(configuration);
        assertThat(upper.optimizer()).isInstanceOf(Sgd.class);
        assertThat(upper.schedule()).isEqualTo(Schedule.CONSTANT);
        assertThat(upper.stepSize()).isEqualTo(0.1);
        assertThat(upper.clipNorm()).isEmpty();
        assertThat(upper.units()).isEqualTo(64);
        double[] x = {-1e9, 3};
        upper.projection().projectInPlace(x);
        assertThat(x).containsExactly(-1e9, 3);
        assertThat(SetupDecoder.lower(configuration))
                .isEqualTo(new Setup.LowerRule(false, 10, Setup.LowerStep.NATURAL, 0.5, 64, 0.15, 1e-10));
        assertThat(configuration.section("sampling").values())
                .isEqualTo(Map.of(
                        "horizon",
                        200L,
                        "unitsPerChunk",
                        8L,
                        "baseline",
                        "fitted",
                        "traceDecay",
                        1.0,
                        "moments",
                        "scalar"));
        assertThat(configuration.section("stop").values()).isEqualTo(Map.of("iterations", 1000L));
        assertThat(configuration.section("evaluation").values())
                .isEqualTo(Map.of("every", 50L, "units", 0L, "statusQuo", 100L, "hardResponse", false));
        assertThat(configuration.keys()).doesNotContainKeys("evaluation.statusQuo", "evaluation.hardResponse");
        assertThat(configuration.section("checkpoint").values()).isEqualTo(Map.of("keep", 3L));
    }

    @Test
    void everyMistakeComesAtOnceWithItsPosition() {
        ConfigurationException exception = mistakes("""
                format: 1
                name: four-rooms
                problem: {name: four-room}
                policy: {name: tabular-softmax}
                algorithm: {name: first-order, sigma: 0.003}
                upper:
                  stepsize: 0.5
                  optimizer: rmsprop
                  units: many
                lower: {exploration: 1.0}
                sampling: {}
                """);

        assertThat(exception).hasMessage("""
                        6 mistakes in four-rooms.yaml:
                          four-rooms.yaml:3:17: problem.name must be a known name, but was the text "four-room"; \
                        did you mean four-rooms? Allowed: four-rooms, stackelberg
                          four-rooms.yaml:7:3: upper.stepsize is not a key; did you mean stepSize? \
                        Allowed: optimizer, stepSize, clipNorm, projection, projectionLow, projectionHigh, \
                        projectionRadius, schedule, halfLife, units, signalToNoise, mostUnits, restarts, \
                        restartIterations, restartUnits
                          four-rooms.yaml:8:14: upper.optimizer must be an allowed word, but was the text "rmsprop"; \
                        allowed: sgd, adam
                          four-rooms.yaml:9:10: upper.units must be a whole number in [1, 2147483647], \
                        but was the text "many"
                          four-rooms.yaml:10:22: lower.exploration must be a number in [0, 1), but was 1.0
                          four-rooms.yaml:11:1: sampling.horizon must be given \
                        (a whole number in [1, 2147483647]), but is missing""");
        assertThat(exception.mistakes()).hasSize(6);
        assertThat(exception.mistakes().get(1).nearest()).contains("stepSize");
        assertThat(exception.mistakes().get(1).key()).isEqualTo("upper.stepsize");
    }

    @Test
    void listOfWholeNumbersIsReadInTheFileAndInAnOverride() {
        String text = LEAST.replace("tabular-softmax}", "mlp-softmax, hidden: [8, 0x10]}");
        assertThat(decode(text).policy().settings().counts("hidden")).containsExactly(8, 16);
        assertThat(decode(text, "policy.hidden=[]").policy().settings().counts("hidden"))
                .isEmpty();
        assertThat(decode(text, "policy.hidden=[3, 4]").policy().settings().counts("hidden"))
                .containsExactly(3, 4);
    }

    @Test
    void listWithAnItemOutsideItsRangeIsRefused() {
        String text = LEAST.replace("tabular-softmax}", "mlp-softmax, hidden: [8, 0]}");
        assertThat(mistakes(text))
                .hasMessageContaining(
                        "policy.hidden must be a list, each item a whole number in [1, 64], but was the list [8, 0]");
        assertThat(mistakes(text.replace("[8, 0]", "8")))
                .hasMessageContaining("policy.hidden must be a list, each item a whole number in [1, 64], but was 8");
    }

    @Test
    void duplicateKeyIsRefusedWithBothPositions() {
        assertThat(mistakes(LEAST + "seed: 1\nseed: 2\n"))
                .hasMessageContaining("four-rooms.yaml:8:1: key seed is given twice, first at four-rooms.yaml:7:1");
    }

    @Test
    void sectionOfTheWrongTypeIsRefusedAndTheRestStillDecoded() {
        assertThat(mistakes(LEAST + "upper: [1, 2]\nlower: fast\nstop: {iterations: 0}\n")
                        .mistakes())
                .map(Mistake::toString)
                .containsExactly(
                        "four-rooms.yaml:7:8: upper must be a section of keys, but was the list [1, 2]",
                        "four-rooms.yaml:8:8: lower must be a section of keys, but was the text \"fast\"",
                        "four-rooms.yaml:9:20: stop.iterations must be a whole number in [1, inf), but was 0");
    }

    @Test
    void emptyTextLacksEveryMandatoryKey() {
        assertThat(mistakes("").mistakes())
                .map(Mistake::key)
                .containsExactly("format", "name", "problem.name", "policy.name", "algorithm.name", "sampling.horizon");
    }

    @Test
    void nullOfAnOptionalKeyMeansAbsentAndOfAnotherIsAMistake() {
        assertThat(decode(LEAST + "stop: {samples: null}\n").section("stop").has("samples"))
                .isFalse();
        assertThat(mistakes(LEAST + "stop: {iterations: }\n"))
                .hasMessageContaining("stop.iterations must be a whole number in [1, inf), but was nothing");
    }

    @Test
    void emptySectionIsASectionOfDefaults() {
        assertThat(decode(LEAST + "upper:\n")).isEqualTo(decode(LEAST));
    }

    @Test
    void wordsOfYaml11AreNoFlags() {
        assertThat(mistakes(LEAST.replace("{name: four-rooms}", "{name: four-rooms, walls: yes}")))
                .hasMessageContaining(":3:36: problem.walls must be true or false, but was the text \"yes\"");
    }

    @Test
    void quotedNumberIsText() {
        assertThat(mistakes(LEAST + "seed: \"5\"\n"))
                .hasMessageContaining("seed must be a whole number of 64 bits, but was the text \"5\"");
    }

    @Test
    void wholeNumberMayBeWrittenAsARealOne() {
        assertThat(decode(LEAST + "stop: {iterations: 2e5}\n").section("stop").whole("iterations"))
                .isEqualTo(200_000);
        assertThat(mistakes(LEAST + "stop: {iterations: 2.5}\n")).hasMessageContaining("but was 2.5");
    }

    @Test
    void infiniteAndOverflowingNumbersAreRefused() {
        assertThat(mistakes(LEAST + "upper: {stepSize: .inf, clipNorm: .nan, projectionLow: 1e999}\n"))
                .hasMessageContaining("upper.stepSize must be a number in (0, inf), but was .inf")
                .hasMessageContaining("upper.clipNorm must be a number in [0, inf), but was .nan")
                .hasMessageContaining("upper.projectionLow must be a finite number, but was 1e999");
    }

    @Test
    void formatOfAnotherVersionIsRefused() {
        assertThat(mistakes(LEAST.replace("format: 1", "format: 2")))
                .hasMessageContaining("four-rooms.yaml:1:9: format must be 1, but was 2");
    }

    @Test
    void nameOutsideOfThePatternIsRefused() {
        assertThat(mistakes(LEAST.replace("name: four-rooms\n", "name: ../Four Rooms\n")))
                .hasMessageContaining(
                        "four-rooms.yaml:2:1: name must be 1 to 64 lower-case letters, digits and hyphens, but was "
                                + "the text \"../Four Rooms\"");
    }

    @Test
    void contradictionIsReportedAtTheKeyThatIsBlamed() {
        assertThat(mistakes(LEAST.replace("0.003", "0.003, penaltyWeight: 9")))
                .hasMessageContaining("four-rooms.yaml:5:46: algorithm: exactly one of sigma and penaltyWeight must be "
                        + "given, but both are");
        assertThat(mistakes(LEAST + "upper: {projection: box, projectionLow: 2, projectionHigh: 1}\n"))
                .hasMessageContaining("upper: projectionLow must be below projectionHigh, but was 2.0");
        assertThat(mistakes(LEAST + "upper: {projection: simplex, projectionLow: 2}\n"))
                .hasMessageContaining("projection must be box exactly if projectionLow or projectionHigh is given");
        assertThat(mistakes(LEAST + "upper: {projection: ball}\n"))
                .hasMessageContaining("projection ball must have a projectionRadius, but has none");
        assertThat(mistakes(LEAST + "upper: {projectionRadius: 1}\n"))
                .hasMessageContaining("projection must be ball or simplex if projectionRadius is given, but was none");
        assertThat(mistakes(LEAST + "upper: {schedule: exponential}\n"))
                .hasMessageContaining("schedule must be exponential exactly if halfLife is given");
        assertThat(mistakes(LEAST + "upper: {schedule: inverse, halfLife: 10}\n"))
                .hasMessageContaining("schedule must be exponential exactly if halfLife is given, but was inverse");
    }

    @Test
    void problemMayComeFromAFile() {
        ExperimentConfiguration configuration = decode(LEAST.replace("{name: four-rooms}", "{file: hdfs://h/p.json}"));

        assertThat(configuration.problem()).isInstanceOfSatisfying(ProblemSelection.File.class, file -> {
            assertThat(file.uri()).isEqualTo("hdfs://h/p.json");
            assertThat(file.settings().values()).isEmpty();
        });
    }

    @Test
    void problemFromAFileTakesNoKeysOfANamedOne() {
        assertThat(mistakes(LEAST.replace("{name: four-rooms}", "{name: four-rooms, file: 3, goals: 2}"))
                        .mistakes())
                .map(Mistake::toString)
                .containsExactly(
                        "four-rooms.yaml:3:11: problem.name contradicts problem.file: give one of them",
                        "four-rooms.yaml:3:35: problem.file must be a URI or path, but was 3",
                        "four-rooms.yaml:3:38: problem.goals is not a key; allowed: name, file");
    }

    @Test
    void overrideReplacesTheValueOfTheTextAndTheLaterWins() {
        ExperimentConfiguration configuration =
                decode(LEAST, "upper.stepSize=0.25", "seed=3", "seed = 0x10", "name=\"x-1\"", "problem.goals=2");

        assertThat(configuration.section("upper").real("stepSize")).isEqualTo(0.25);
        assertThat(configuration.seed()).isEqualTo(16);
        assertThat(configuration.name()).isEqualTo("x-1");
        assertThat(configuration.problem().settings().whole("goals")).isEqualTo(2);
    }

    @Test
    void mistakeInAnOverrideNamesItAndComesAfterThoseOfTheText() {
        assertThat(mistakes(
                                LEAST + "lower: {units: 0}\n",
                                "upper.stepSize=fast",
                                "uper.stepSize=1",
                                "seed.x=1",
                                "upper.a.b=1",
                                "noise")
                        .mistakes())
                .map(Mistake::toString)
                .hasSize(6)
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("--set upper.stepSize: upper.stepSize must be a number in (0, inf), "
                                + "but was the text \"fast\""))
                .anySatisfy(line ->
                        assertThat(line).startsWith("--set uper.stepSize: uper is not a key; did you mean upper?"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("--set seed.x: seed must be a whole number of 64 bits, but was a section"))
                .anySatisfy(line -> assertThat(line).startsWith("--set upper.a.b: upper.a.b is not a key"))
                .anySatisfy(line -> assertThat(line).startsWith("--set noise: an override must be key=value"))
                .first()
                .asString()
                .startsWith("four-rooms.yaml:7:16: lower.units must be");
    }

    @Test
    void jsonIsAccepted() {
        assertThat(decode("""
                        {"format": 1, "name": "four-rooms", "problem": {"name": "four-rooms"},
                        \t"policy": {"name": "tabular-softmax"},
                         "algorithm": {"name": "first-order", "sigma": 3E-3}, "sampling": {"horizon": 200}}
                        """)).isEqualTo(decode(LEAST));
    }

    private ExperimentConfiguration decode(String text, String... overrides) {
        return decoder.decode("four-rooms.yaml", text.getBytes(StandardCharsets.UTF_8), List.of(overrides));
    }

    private ConfigurationException mistakes(String text, String... overrides) {
        return catchThrowableOfType(ConfigurationException.class, () -> decode(text, overrides));
    }
}
