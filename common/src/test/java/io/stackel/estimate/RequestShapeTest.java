package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request is made of cannot be left out, and its flags cannot be mixed up. */
class RequestShapeTest {

    private static final int MOST_COMPONENTS_OF_A_GRADIENT = 6;

    private static Stream<Class<?>> records() {
        List<Class<?>> records = new ArrayList<>(List.of(BatchRequest.class, Units.class, FollowerPair.class));
        records.addAll(List.of(Combination.class, Rollouts.Setting.class, Follower.class));
        for (Class<?> estimand : Estimand.class.getDeclaredClasses()) {
            if (estimand.isRecord()) {
                records.add(estimand);
            }
        }
        return records.stream();
    }

    /** A second constructor would have to choose what its caller does not say. */
    @ParameterizedTest
    @MethodSource("records")
    void thereIsOneConstructor(Class<?> record) {
        assertThat(record.getDeclaredConstructors()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("records")
    void noTwoFlagsStandSideBySide(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        for (int i = 1; i < components.length; i++) {
            boolean flags = components[i - 1].getType() == boolean.class && components[i].getType() == boolean.class;
            assertThat(flags)
                    .as("%s and %s", components[i - 1].getName(), components[i].getName())
                    .isFalse();
        }
    }

    @Test
    void aGradientIsOfFewPartsOfDifferentTypes() {
        RecordComponent[] components = ValueGradient.class.getRecordComponents();
        assertThat(components).hasSizeLessThanOrEqualTo(MOST_COMPONENTS_OF_A_GRADIENT);
        assertThat(Arrays.stream(components).map(RecordComponent::getType)).doesNotHaveDuplicates();
    }

    @Test
    void namedCombinationsAreThoseOfTheirFormulas() {
        double sigma = 0.2;
        double j1 = 3;
        double j2 = 1;
        double f1 = 7;
        double f2 = 11;
        assertThat(value(Combination.twoSided(sigma), j1, j2, f1, f2))
                .isCloseTo((j1 - j2) / (2 * sigma) + (f1 + f2) / 2, within(1e-12));
        assertThat(value(Combination.oneSided(sigma), j1, j2, f1, f2)).isCloseTo((j1 - j2) / sigma + f2, within(1e-12));
        assertThat(value(Combination.penalised(5), j1, j2, f1, f2)).isCloseTo(5 * (j1 - j2) + f2, within(1e-12));
        assertThat(value(Combination.penalised(5).ofLowerLevel(), j1, j2, f1, f2))
                .isCloseTo(5 * (j1 - j2), within(1e-12));
        assertThat(value(Combination.upperObjective(), j1, j2, f1, f2)).isEqualTo(f2);
        // f = -U: what descends on -J + k f ascends J + k U
        assertThat(value(Combination.ascent(0.3), 0, j2, 0, f2)).isCloseTo(-j2 + 0.3 * f2, within(1e-12));
    }

    private static double value(Combination one, double j1, double j2, double f1, double f2) {
        return one.scale() * (j1 - j2) + one.firstWeight() * f1 + one.secondWeight() * f2;
    }

    @Test
    void couplingsAreNamedAsInConfigurations() {
        assertThat(Arrays.stream(Coupling.values()).map(Objects::toString)).containsExactly("NONE", "COMMON", "SHARED");
        assertThat(Coupling.sharedIf(true)).isEqualTo(Coupling.SHARED);
        assertThat(Coupling.sharedIf(false)).isEqualTo(Coupling.NONE);
    }
}
