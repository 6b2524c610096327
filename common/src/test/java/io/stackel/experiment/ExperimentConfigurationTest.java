package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.optim.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentConfigurationTest {

    private static final String FULL = """
            format: 1
            name: full
            seed: -9223372036854775808
            problem: {file: "p #1: \\"x\\".json", entropyWeight: 1e-320}
            policy: {name: linear-softmax, features: FEATURES}
            algorithm: {name: first-order, penaltyWeight: 0.1, sides: one}
            upper: {optimizer: adam, stepSize: 2e23, clipNorm: 1, projection: box, projectionHigh: 1,
                    schedule: inverse-sqrt, units: 63}
            lower: {solver: planned, optimizer: sgd, exploration: 0.1, tolerance: 5e-324}
            sampling: {horizon: 200, baseline: none, moments: diagonal}
            stop: {iterations: 9007199254740993, samples: 1, stationarityGap: 0.3}
            evaluation: {every: 7, units: 9, statusQuo: 11}
            checkpoint: {every: 8, keep: 1}
            """;

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);

    @Test
    void everyFixedKeyReachesItsRecord() {
        ExperimentConfiguration configuration = decode(FULL);

        assertThat(configuration.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(configuration.upper())
                .isEqualTo(new UpperSettings(
                        UpperSettings.Optimizer.ADAM,
                        Double.parseDouble("2e23"),
                        OptionalDouble.of(1),
                        UpperSettings.Projection.BOX,
                        OptionalDouble.empty(),
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        Schedule.INVERSE_SQRT,
                        63));
        assertThat(configuration.lower())
                .isEqualTo(new LowerSettings(
                        LowerSettings.Solver.PLANNED, 10, LowerSettings.Optimizer.SGD, 0.5, 64, 0.1, Double.MIN_VALUE));
        assertThat(configuration.sampling().moments()).isEqualTo(SamplingSettings.Moments.DIAGONAL);
        assertThat(configuration.sampling().baseline()).isEqualTo(SamplingSettings.Baseline.NONE);
        assertThat(configuration.stop())
                .isEqualTo(new StopSettings(9007199254740993L, OptionalLong.of(1), OptionalDouble.of(0.3)));
        assertThat(configuration.evaluation()).isEqualTo(new EvaluationSettings(7, 9, 11));
        assertThat(configuration.checkpoint()).isEqualTo(new CheckpointSettings(OptionalLong.of(8), 1));
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
                          entropyWeight: 1.0E-320
                        policy:
                          name: linear-softmax
                          features: FEATURES
                        algorithm:
                          name: first-order
                          penaltyWeight: 0.1
                          sides: one
                        upper:
                          clipNorm: 1.0
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
                          statusQuo: 11
                          units: 9
                        checkpoint:
                          every: 8
                          keep: 1
                        """);
    }

    @Test
    void chunksHoldEveryUnit() {
        SamplingSettings sampling = decode(FULL).sampling();

        assertThat(sampling.chunks(64)).isEqualTo(8);
        assertThat(sampling.chunks(65)).isEqualTo(9);
        assertThat(sampling.chunks(1)).isEqualTo(1);
        assertThat(sampling.chunks(Integer.MAX_VALUE)).isEqualTo(268_435_456);
    }

    private ExperimentConfiguration decode(String text) {
        return decoder.decode("full.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
    }
}
