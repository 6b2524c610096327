package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.Parameter.Effect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigurationDifferenceTest {

    private static final String TEXT = """
            format: 1
            name: four-rooms
            problem: {name: four-rooms}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            sampling: {horizon: 200}
            """;

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);

    @Test
    void canonicalFormsDifferInReadableLines() {
        RunIdentity recorded = RunIdentity.of(decode(), new TreeMap<>());
        RunIdentity now = RunIdentity.of(
                decode(
                        "upper.stepSize=0.5",
                        "problem.walls=false",
                        "algorithm.penaltyWeight=10",
                        "algorithm.sigma=null"),
                new TreeMap<>());

        assertThat(ConfigurationDifference.betweenCanonical(recorded.canonicalJson(), now.canonicalJson()))
                .map(KeyChange::toString)
                .containsExactly(
                        "algorithm.penaltyWeight: (absent) -> 10.0",
                        "algorithm.sigma: 0.1 -> (absent)",
                        "problem.walls: true -> false",
                        "upper.stepSize: 0.1 -> 0.5");
    }

    @Test
    void resolvedConfigurationsDifferInEveryKindOfKey() {
        List<KeyChange> changes = ConfigurationDifference.between(
                decode(), decode("checkpoint.keep=9", "stop.samples=100", "sampling.horizon=7"));

        assertThat(changes)
                .containsExactly(
                        new KeyChange("checkpoint.keep", Optional.of("3"), Optional.of("9"), Effect.FREE),
                        new KeyChange("sampling.horizon", Optional.of("200"), Optional.of("7"), Effect.IDENTITY),
                        new KeyChange("stop.samples", Optional.empty(), Optional.of("100"), Effect.TUNABLE));
        assertThat(ConfigurationDifference.between(decode(), decode())).isEmpty();
    }

    @Test
    void textThatIsNoCanonicalFormIsRefused() {
        assertThatThrownBy(() -> ConfigurationDifference.betweenCanonical("{", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("canonical configuration must be JSON, but canonical configuration:1:2: ");
    }

    @Test
    void listsOfCanonicalFormsAreCompared() {
        assertThat(ConfigurationDifference.betweenCanonical("{\"a\":[1,2]}", "{\"a\":[1,2]}"))
                .isEmpty();
        assertThat(ConfigurationDifference.betweenCanonical("{\"a\":[1,2]}", "{\"a\":[1]}"))
                .containsExactly(new KeyChange("a", Optional.of("[1,2]"), Optional.of("[1]"), Effect.IDENTITY));
    }

    private ExperimentConfiguration decode(String... overrides) {
        return decoder.decode("t.yaml", TEXT.getBytes(StandardCharsets.UTF_8), List.of(overrides));
    }
}
