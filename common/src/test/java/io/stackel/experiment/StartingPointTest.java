package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.algorithm.State;
import io.stackel.families.ExactReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartingPointTest {

    private static Experiment experiment(String algorithm) {
        String text = """
                format: 1
                name: start
                seed: 5
                problem: {name: four-rooms, goals: one, startScale: 0.5}
                policy: {name: tabular-softmax}
                algorithm: %s
                lower: {solver: planned}
                sampling: {horizon: 20}
                """.formatted(algorithm);
        Catalogue catalogue = Catalogue.load(StartingPointTest.class.getClassLoader());
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("test", text.getBytes(StandardCharsets.UTF_8), List.of());
        return Experiment.of(configuration, catalogue, Optional.empty());
    }

    @Test
    void upperVariableIsThatOfTheFirstState() {
        Experiment experiment = experiment("{name: first-order, sigma: 0.01}");
        State first = experiment.algorithm().init();

        assertThat(StartingPoint.of(experiment).upper().values()).isEqualTo(first.real("upper"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: first-order, sigma: 0.01} | 0.01",
                "{name: pbrl, penaltyWeight: 4} | 0.25",
                "{name: exact} | 0.1"
            })
    void sigmaIsThatOfTheAlgorithm(String algorithm, double sigma) {
        assertThat(StartingPoint.of(experiment(algorithm)).sigma()).isEqualTo(sigma);
    }

    @Test
    void followerStartsAtTheUniformPolicy() {
        StartingPoint point = StartingPoint.of(experiment("{name: exact}"));

        ExactReport uniform = ExactReport.of(point.problem(), point.upper(), new double[104 * 4], point.sigma());

        for (String key : List.of("follower_value", "upper_objective", "value_penalty", "hypergradient")) {
            assertThat(value(point.report(), key)).as(key).containsExactly(value(uniform, key), within(1e-12));
        }
    }

    private static double[] value(ExactReport report, String key) {
        return report.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value()
                .values();
    }
}
