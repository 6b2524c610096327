package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.Setup;
import io.stackel.optim.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupDecoderTest {

    private static final String RUN = """
            format: 1
            name: control
            problem: {name: reward-shaping, task: TASK, discount: 0.9, entropyWeight: 0, cost: 0}
            policy: {name: POLICY, hidden: [4]}
            algorithm: {name: lower}
            lower: {solver: sampled, optimizer: adam, units: 6, MORE}
            sampling: {horizon: 20, baseline: fitted}
            """;

    private static Setup setup(String task, String policy, String more) {
        String text = RUN.replace("TASK", task).replace("POLICY", policy).replace("MORE", more);
        Catalogue catalogue = Catalogue.load(SetupDecoderTest.class.getClassLoader());
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("run.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
        return (Setup) Experiment.of(configuration, catalogue, Optional.empty()).setup();
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Setup.CriticRule rule =
                setup("cart-pole", "mlp-softmax", "stepSize: 0.1").critic().orElseThrow();

        assertThat(rule.values().ofActions()).isFalse();
        assertThat(rule.values().network().widths()).containsExactly(5, 64, 64, 2);
        assertThat(rule.schedule()).isEqualTo(Schedule.CONSTANT);
        assertThat(rule.shared()).isTrue();
    }

    @Test
    void softSarsaHasTwoValuesOfEachAction() {
        Setup.CriticRule rule = setup(
                        "cart-pole", "mlp-softmax", "critic: soft-sarsa, valueHidden: [5], schedule: inverse-sqrt")
                .critic()
                .orElseThrow();

        assertThat(rule.values().actions()).isEqualTo(2);
        assertThat(rule.values().network().widths()).containsExactly(5, 5, 4);
        assertThat(rule.schedule()).isEqualTo(Schedule.INVERSE_SQRT);
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> setup("pendulum", "mlp-gaussian", "critic: soft-sarsa"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("needs numbered actions, but those of this policy are vectors");
        assertThatThrownBy(() -> setup("cart-pole", "mlp-softmax", "minibatches: 7"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("lower.minibatches must be at most lower.units, but was 7 of 6");
    }
}
