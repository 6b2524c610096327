package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StateHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published algorithm is one-sided and draws an independent batch for each term. */
class PublishedPresetTest {

    /** epsilon 0.5: sigma is its root, 2 iterations of batches of 4 units, one inner step, horizon log 2 / (1 - .9). */
    private static final String TEXT = """
            format: 1
            name: published
            problem: {name: reward-design, states: 3, actions: 2, discount: 0.9}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, ALGORITHM}
            lower: {solver: sampled}
            sampling: {horizon: 7}
            """;

    private static final String PRESET = "preset: published, epsilon: 0.5";

    private final Catalogue catalogue = Catalogue.load(PublishedPresetTest.class.getClassLoader());

    private ExperimentConfiguration decode(String algorithm, String... overrides) {
        byte[] text = TEXT.replace("ALGORITHM", algorithm).getBytes(StandardCharsets.UTF_8);
        return new ConfigurationDecoder(catalogue.vocabulary()).decode("run.yaml", text, List.of(overrides));
    }

    @Test
    void defaultsGiveWayAndAreShownAsWhatIsRun() {
        ExperimentConfiguration preset = decode(PRESET);

        assertThat(preset.algorithm().settings().text("sides")).isEqualTo("one");
        assertThat(preset.algorithm().settings().text("coupling")).isEqualTo("none");
        assertThat(preset.resolvedYaml()).contains("  sides: one\n").contains("  coupling: none\n");
        assertThat(decode(PRESET + ", sides: one, coupling: none")).isEqualTo(preset);
        assertThat(new ConfigurationDecoder(catalogue.vocabulary())
                        .decode("again", preset.resolvedJson().getBytes(StandardCharsets.UTF_8), List.of()))
                .isEqualTo(preset);
    }

    @Test
    void withoutThePresetTheDefaultsAreAsBefore() {
        ExperimentConfiguration none = decode("sigma: 0.1");

        assertThat(none.algorithm().settings().text("sides")).isEqualTo("two");
        assertThat(none.algorithm().settings().text("coupling")).isEqualTo("shared");
    }

    @ParameterizedTest
    @CsvSource({"sides, two, one", "coupling, shared, none", "coupling, common, none"})
    void contradictionIsRefusedWhereItStands(String key, String given, String forced) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> decode(PRESET + ", " + key + ": " + given));

        assertThat(refused.mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.key()).isEqualTo("algorithm." + key);
            assertThat(mistake.position().line()).isEqualTo(5);
            assertThat(mistake.rule())
                    .isEqualTo("algorithm." + key + " must be " + forced
                            + " with algorithm.preset: published, whose algorithm is one-sided and draws independent"
                            + " batches, but was the text \"" + given + "\"");
        });
        ConfigurationException set = catchThrowableOfType(
                ConfigurationException.class, () -> decode(PRESET, "algorithm." + key + "=" + given));
        assertThat(set.mistakes()).hasSize(1);
    }

    @Test
    void runIsThatOfItsSettingsWrittenOut() {
        String written = "sides: one, coupling: none, sigma: " + Math.sqrt(0.5);
        State preset = run(decode(PRESET));

        assertThat(StateHash.sha256(preset))
                .isEqualTo(StateHash.sha256(run(
                        decode(written, "upper.units=4", "lower.units=4", "lower.innerSteps=1", "stop.iterations=2"))))
                .isNotEqualTo(StateHash.sha256(run(decode(
                        "sigma: " + Math.sqrt(0.5),
                        "upper.units=4",
                        "lower.units=4",
                        "lower.innerSteps=1",
                        "stop.iterations=2"))));
        assertThat(preset.iteration()).isEqualTo(2);
    }

    private State run(ExperimentConfiguration configuration) {
        Experiment experiment = Experiment.of(configuration, catalogue, Optional.empty());
        Algorithm algorithm = experiment.algorithm();
        Last last = new Last();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            new RunLoop(algorithm, oracle, experiment.evaluation(oracle), last, experiment.plan(), () -> false)
                    .run(algorithm.init(), true);
        }
        return last.state.orElseThrow();
    }

    private static final class Last implements RunRecorder {

        private Optional<State> state = Optional.empty();

        @Override
        public void progressed(State reached, SortedMap<String, Double> measurements) {}

        @Override
        public void measured(SortedMap<String, Double> row) {}

        @Override
        public void checkpoint(State reached, Outcome outcome) {
            state = Optional.of(reached);
        }
    }
}
