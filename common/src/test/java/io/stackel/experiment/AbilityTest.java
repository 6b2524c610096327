package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Ability;
import io.stackel.algorithm.MisfitException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbilityTest {

    private static final Catalogue CATALOGUE = Catalogue.load(AbilityTest.class.getClassLoader());
    private static final String TEXT = """
            format: 1
            name: able
            problem: {name: reward-design, states: 4, actions: 3, discount: 0.8, entropyWeight: 0.2}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            upper: {units: 200}
            lower: {solver: sampled, optimizer: natural}
            sampling: {horizon: 20}
            stop: {iterations: 9}
            """;

    private static Experiment experiment(String... overrides) {
        ExperimentConfiguration configuration = new ConfigurationDecoder(CATALOGUE.vocabulary())
                .decode("able", TEXT.getBytes(StandardCharsets.UTF_8), List.of(overrides));
        return Experiment.of(configuration, CATALOGUE, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper.signalToNoise=1", "stop.gradientNorm=0.01"})
    void algorithmsWithoutAnOuterBatchRefuseWhatIsAskedOfIt(String override) {
        String key = override.substring(0, override.indexOf('='));
        for (String algorithm : List.of("counted", "exact", "lower")) {
            assertThatThrownBy(() -> experiment("algorithm={name: " + algorithm + "}", override))
                    .isInstanceOf(MisfitException.class)
                    .hasMessage(key + " needs an algorithm whose gradient is the mean of an outer batch drawn at x, but"
                            + " that of algorithm.name is " + algorithm + "; leave it out, or use one of boltzmann,"
                            + " first-order, hpgd, independent, pbrl, zero-order");
        }
        assertThatCode(() -> experiment(override)).doesNotThrowAnyException();
    }

    @Test
    void whatHasNoSampledGradientIsKnown() {
        assertThat(CATALOGUE.algorithms().values())
                .filteredOn(one -> !one.abilities().contains(Ability.SAMPLED_GRADIENT))
                .extracting(one -> one.name())
                .containsExactly("cloning", "cma-es", "counted", "exact", "lower", "true-reward");
    }
}
