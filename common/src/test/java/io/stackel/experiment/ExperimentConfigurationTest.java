package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Setup;
import io.stackel.optim.Adam;
import io.stackel.optim.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentConfigurationTest {

    private static final String FULL = """
            format: 1
            name: full
            seed: -9223372036854775808
            problem: {file: "p #1: \\"x\\".json"}
            policy: {name: linear-softmax, features: FEATURES}
            algorithm: {name: first-order, penaltyWeight: 0.1, sides: one}
            upper: {optimizer: adam, stepSize: 2e23, clipNorm: 1e-320, projection: box, projectionHigh: 1,
                    schedule: inverse-sqrt, units: 63}
            lower: {solver: planned, optimizer: sgd, exploration: 0.1, tolerance: 5e-324}
            sampling: {horizon: 200, baseline: none, moments: diagonal}
            stop: {iterations: 9007199254740993, samples: 1, stationarityGap: 0.3}
            evaluation: {every: 7, units: 9, statusQuo: 11, hardResponse: true}
            checkpoint: {every: 8, keep: 1}
            """;

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);

    @Test
    void everyFixedKeyIsRead() {
        ExperimentConfiguration configuration = decode(FULL);

        assertThat(configuration.seed()).isEqualTo(Long.MIN_VALUE);
        Setup.UpperRule upper = SetupDecoder.upper(configuration);
        assertThat(upper.optimizer()).isInstanceOf(Adam.class);
        assertThat(upper.schedule()).isEqualTo(Schedule.INVERSE_SQRT);
        assertThat(upper.stepSize()).isEqualTo(Double.parseDouble("2e23"));
        assertThat(upper.clipNorm()).hasValue(1e-320);
        assertThat(upper.units()).isEqualTo(63);
        double[] x = {-1e9, 3};
        upper.projection().projectInPlace(x);
        assertThat(x).containsExactly(-1e9, 1);
        assertThat(SetupDecoder.lower(configuration))
                .isEqualTo(new Setup.LowerRule(true, 10, Setup.LowerStep.SGD, 0.5, 64, 0.1, Double.MIN_VALUE));
        assertThat(configuration.section("sampling").values())
                .containsEntry("moments", "diagonal")
                .containsEntry("baseline", "none");
        assertThat(configuration.section("stop").values())
                .isEqualTo(Map.of("iterations", 9007199254740993L, "samples", 1L, "stationarityGap", 0.3));
        assertThat(configuration.section("evaluation").values())
                .isEqualTo(Map.of("every", 7L, "units", 9L, "statusQuo", 11L, "hardResponse", true));
        assertThat(configuration.section("checkpoint").values()).isEqualTo(Map.of("every", 8L, "keep", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "'null'",
                "'1e5'",
                "'true'",
                "''",
                "' a '",
                "\"\\u0000\\u0085\\uFFFE\"",
                "\"\\U0001F600 \u00e9 \\\\ \\\" \\n\"",
                "'a: b # c'",
                "\"---\"",
                "0x-no-number"
            })
    void resolvedTextsDecodeToTheSameConfiguration(String features) {
        ExperimentConfiguration configuration = decode(FULL.replace("FEATURES", features));

        assertThat(decode(configuration.resolvedJson())).isEqualTo(configuration);
        assertThat(decode(configuration.resolvedYaml())).isEqualTo(configuration);
        assertThat(decode(configuration.resolvedYaml()).resolvedYaml()).isEqualTo(configuration.resolvedYaml());
    }

    @Test
    void resolvedYamlShowsEveryDefault() {
        assertThat(decode(FULL).resolvedYaml()).isEqualTo("""
                        format: 1
                        name: full
                        seed: -9223372036854775808
                        problem:
                          file: "p #1: \\"x\\".json"
                        policy:
                          name: linear-softmax
                          features: FEATURES
                        algorithm:
                          name: first-order
                          penaltyWeight: 0.1
                          sides: one
                        upper:
                          clipNorm: 1.0E-320
                          optimizer: adam
                          projection: box
                          projectionHigh: 1.0
                          schedule: inverse-sqrt
                          stepSize: 2.0E23
                          units: 63
                        lower:
                          exploration: 0.1
                          innerSteps: 10
                          optimizer: sgd
                          solver: planned
                          stepSize: 0.5
                          tolerance: 4.9E-324
                          units: 64
                        sampling:
                          baseline: none
                          horizon: 200
                          moments: diagonal
                          traceDecay: 1.0
                          unitsPerChunk: 8
                        stop:
                          iterations: 9007199254740993
                          samples: 1
                          stationarityGap: 0.3
                        evaluation:
                          every: 7
                          hardResponse: true
                          statusQuo: 11
                          units: 9
                        checkpoint:
                          every: 8
                          keep: 1
                        """);
    }

    private ExperimentConfiguration decode(String text) {
        return decoder.decode("full.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
    }
}
