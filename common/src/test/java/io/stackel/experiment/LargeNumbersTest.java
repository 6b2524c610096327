package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of a configuration that are in their ranges, but far out. */
class LargeNumbersTest {

    private static final String RUN = """
            format: 1
            name: large
            problem: {name: PROBLEM}
            policy: {name: POLICY}
            algorithm: {name: first-order, sigma: 0.2}
            upper: {units: 8, stepSize: 0.01}
            lower: {solver: sampled, innerSteps: 3, optimizer: NATURAL, stepSize: 0.05, units: 16}
            sampling: {horizon: 10, baseline: none}
            stop: {iterations: 3}
            """;

    private static Experiment experiment(String problem, String policy, String... overrides) {
        String optimizer = policy.equals("tabular-softmax") ? "natural" : "adam";
        byte[] text = RUN.replace("PROBLEM", problem)
                .replace("POLICY", policy)
                .replace("NATURAL", optimizer)
                .getBytes(StandardCharsets.UTF_8);
        Catalogue catalogue = Catalogue.load(LargeNumbersTest.class.getClassLoader());
        ExperimentConfiguration configuration =
                new ConfigurationDecoder(catalogue.vocabulary()).decode("run.yaml", text, List.of(overrides));
        return Experiment.of(configuration, catalogue, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "'reward-design, states: 5, actions: 3', tabular-softmax, 100000000, 0.9, 350",
        "'reward-design, states: 5, actions: 3', tabular-softmax, 2147483647, 0.9, 350",
        "'reward-shaping, task: cart-pole', mlp-softmax, 100000000, 0.99, 3666",
        "'reward-shaping, task: cart-pole', mlp-softmax, 2147483647, 0.99, 3666"
    })
    void horizonsWhoseTrajectoriesDoNotFitTheMemoryAreRefused(
            String problem, String policy, String horizon, String discount, String counted) {
        assertThatThrownBy(() -> experiment(problem, policy, "sampling.horizon=" + horizon))
                .isInstanceOf(MisfitException.class)
                .hasMessageStartingWith("sampling.horizon must give a horizon of at most ")
                .hasMessageContaining(" steps, so that the trajectories of a thread fit the memory (")
                .hasMessageEndingWith(" MiB), but gives " + horizon + "; at a discount of " + discount
                        + " all that follows step " + counted + " counts less than 1.0E-16");
    }

    @Test
    void longHorizonsThatFitArePlayed() {
        assertThat(experiment("reward-design, states: 5, actions: 3", "tabular-softmax", "sampling.horizon=100000"))
                .isNotNull();
    }

    @Test
    void policiesWithMoreParametersThanFitTheMemoryAreRefused() {
        assertThatThrownBy(
                        () -> experiment("toll-walk", "mlp-softmax", "policy.hidden=[" + "4096, ".repeat(200) + "2]"))
                .isInstanceOf(MisfitException.class)
                .hasMessageStartingWith("policy.name: mlp-softmax has more than 2147483647 parameters of 8 bytes");
    }

    /** Values near 1e9 make logits near 1e10, whose probabilities sum to one within 1e-6 only. */
    @ParameterizedTest
    @ValueSource(strings = {"reward-design, states: 5, actions: 3", "stackelberg, states: 4"})
    void discountsCloseToOneAreSampled(String problem) {
        Experiment experiment = experiment(problem, "tabular-softmax", "problem.discount=0.999999999");
        Algorithm algorithm = experiment.algorithm();
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            while (state.iteration() < 3) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "a batch"))
                        .next();
            }
        }
        assertThat(state.real("upper")).doesNotContain(Double.NaN);
    }
}
