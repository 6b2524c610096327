package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.problem.Parameter;
import io.stackel.problem.Parameter.Effect;
import io.stackel.problem.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FixedSectionsTest {

    private static final String BASE = """
            format: 1
            name: four-rooms
            problem: {name: four-rooms}
            policy: {name: linear-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            upper: {projection: box, projectionLow: -1, projectionHigh: 1}
            sampling: {horizon: 200}
            stop: {samples: 1e9, stationarityGap: 0.01}
            """;

    private static final ConfigurationDecoder DECODER = new ConfigurationDecoder(Vocabularies.SMALL);

    static Stream<Arguments> keys() {
        List<Arguments> keys = new ArrayList<>();
        FixedSections.TOP.parameters().forEach(parameter -> keys.add(Arguments.of(parameter.name(), parameter)));
        FixedSections.SECTIONS.forEach((section, declared) -> declared.parameters()
                .forEach(parameter -> keys.add(Arguments.of(section + "." + parameter.name(), parameter))));
        return keys.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void boundsAreHeldOnBothSides(String path, Parameter parameter) {
        if (parameter.type() == Parameter.Type.REAL || parameter.type() == Parameter.Type.WHOLE) {
            Range range = parameter.range();
            boolean whole = parameter.type() == Parameter.Type.WHOLE;
            if (Double.isFinite(range.low())) {
                double above = whole ? range.low() + 1 : Math.nextUp(range.low());
                double below = whole ? range.low() - 1 : Math.nextDown(range.low());
                assertThat(accepts(path, range.low(), whole)).isEqualTo(!range.lowOpen());
                assertThat(accepts(path, above, whole)).isEqualTo(range.contains(above));
                assertThat(accepts(path, below, whole)).isFalse();
            }
            if (Double.isFinite(range.high())) {
                double above = whole ? range.high() + 1 : Math.nextUp(range.high());
                double below = whole ? range.high() - 1 : Math.nextDown(range.high());
                assertThat(accepts(path, range.high(), whole)).isEqualTo(!range.highOpen());
                assertThat(accepts(path, below, whole)).isEqualTo(range.contains(below));
                assertThat(accepts(path, above, whole)).isFalse();
            }
            assertThat(mistake(path, ".inf")).isPresent();
            assertThat(mistake(path, ".nan")).isPresent();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void wrongKindIsRefusedWithNameRuleAndValue(String path, Parameter parameter) {
        String wrong = parameter.type() == Parameter.Type.TEXT ? "5" : "some words";
        String shown = parameter.type() == Parameter.Type.TEXT ? "5" : "the text \"some words\"";

        assertThat(mistake(path, wrong).orElseThrow().toString())
                .startsWith("--set " + path + ": " + path + " must be " + ParameterValue.accepted(parameter)
                        + ", but was " + shown);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void everyWordIsAcceptedAndTheDefaultIsOne(String path, Parameter parameter) {
        for (String word : parameter.choices()) {
            assertThat(mistake(path, word)).isEmpty();
        }
        parameter
                .fallback()
                .ifPresent(fallback -> assertThat(ParameterValue.decode(
                                parameter,
                                new Tree.Scalar(new Position("fallback", 1, 1), CoreScalar.plain(fallback.toString()))))
                        .contains(fallback));
    }

    static Stream<String> resolvedPaths() {
        return decode(List.of()).keys().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resolvedPaths")
    void changeOfAKeyChangesTheIdentityExactlyIfItIsOne(String path) {
        ExperimentConfiguration recorded = decode(List.of());
        SortedMap<String, ResolvedKey> keys = new TreeMap<>(recorded.keys());
        ResolvedKey old = keys.get(path);
        keys.put(path, new ResolvedKey(other(old.value()), old.effect()));
        ExperimentConfiguration edited = new ExperimentConfiguration(keys);
        Effect expected = path.equals("name") || path.startsWith("checkpoint.")
                ? Effect.FREE
                : path.startsWith("stop.") ? Effect.TUNABLE : Effect.IDENTITY;

        assertThat(ConfigurationDifference.between(recorded, edited))
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(path))
                .satisfies(change -> assertThat(change.effect()).isEqualTo(expected));
        RunIdentity before = RunIdentity.of(recorded, new TreeMap<>());
        RunIdentity after = RunIdentity.of(edited, new TreeMap<>());
        assertThat(before.equals(after)).isEqualTo(expected != Effect.IDENTITY);
        assertThat(ConfigurationDifference.betweenCanonical(before.canonicalJson(), after.canonicalJson()))
                .map(KeyChange::key)
                .isEqualTo(expected == Effect.IDENTITY ? List.of(path) : List.of());
    }

    @Test
    void everyKeyIsExplained() {
        assertThat(keys().map(key -> (Parameter) key.get()[1]))
                .allSatisfy(parameter -> assertThat(parameter.help()).matches("[A-Z].{8,}\\."));
    }

    private static Object other(Object value) {
        if (value instanceof Double real) {
            return real / 2 + 0.125;
        }
        if (value instanceof Long whole) {
            return whole + 1;
        }
        return value instanceof Boolean flag ? (Object) !flag : value + "x";
    }

    private static boolean accepts(String path, double value, boolean whole) {
        return mistake(path, whole ? Long.toString((long) value) : JsonText.text(value))
                .isEmpty();
    }

    /** The mistake of the value itself; contradictions with other keys have no position of an override's value. */
    private static Optional<Mistake> mistake(String path, String value) {
        try {
            decode(List.of(path + "=" + value));
            return Optional.empty();
        } catch (ConfigurationException exception) {
            return exception.mistakes().stream()
                    .filter(mistake -> mistake.rule().startsWith(path + " must be"))
                    .findFirst();
        }
    }

    private static ExperimentConfiguration decode(List<String> overrides) {
        return DECODER.decode("base.yaml", BASE.getBytes(StandardCharsets.UTF_8), overrides);
    }
}
