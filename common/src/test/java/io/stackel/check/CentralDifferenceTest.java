package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CentralDifferenceTest {

    /** Function, its derivative, the place, a bound of the rounding of the function, and of the bound found. */
    static Stream<Arguments> functions() {
        return Stream.of(
                function(StrictMath::exp, StrictMath::exp, 0.3, 4e-16, 1e-9),
                function(y -> 3 * y, y -> 3, 2, 2e-15, 1e-11),
                function(y -> y * y, y -> 2 * y, -5, 1e-14, 1e-10),
                function(y -> 1 / (1 + StrictMath.exp(-1000 * y)), y -> 250, 0, 4e-16, 1e-3),
                function(y -> StrictMath.sin(3000 * y), y -> 3000, 0, 4e-16, 1e-2),
                function(y -> StrictMath.log(y), y -> 1 / y, 0.004, 2e-15, 1e-5),
                function(y -> y * y * y, y -> 3 * y * y, 1e6, 1e3, 1e7));
    }

    private static Arguments function(
            DoubleUnaryOperator function,
            DoubleUnaryOperator derivative,
            double at,
            double noise,
            double largestBound) {
        return Arguments.of(function, derivative, at, noise, largestBound);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void derivativesLieWithinTheirBounds(
            DoubleUnaryOperator function,
            DoubleUnaryOperator derivative,
            double at,
            double noise,
            double largestBound) {
        CentralDifference difference = difference(function, at, noise);
        double error = Math.abs(difference.value()[0] - derivative.applyAsDouble(at));
        assertThat(error).isLessThanOrEqualTo(difference.bound()[0]);
        assertThat(difference.bound()[0]).isLessThanOrEqualTo(largestBound);
    }

    @Test
    void roundingOfTheFunctionIsAllowedFor() {
        double noise = 1e-6;
        CentralDifference difference = difference(y -> StrictMath.rint(StrictMath.exp(y) / noise) * noise, 0, noise);
        assertThat(Math.abs(difference.value()[0] - 1))
                .isLessThanOrEqualTo(difference.bound()[0]);
        assertThat(difference.bound()[0]).isBetween(1e-6, 1e-2);
    }

    @Test
    void functionsKeepTheirOwnSteps() {
        CentralDifference both = CentralDifference.along(
                y -> new double[] {y[0] + y[1], StrictMath.exp(1000 * (y[0] - y[1]))},
                new double[] {0.25, 0.25},
                new double[] {1, 0},
                new double[] {1e-16, 1e-15});
        assertThat(Math.abs(both.value()[0] - 1))
                .isLessThanOrEqualTo(both.bound()[0])
                .isLessThan(1e-12);
        assertThat(Math.abs(both.value()[1] - 1000))
                .isLessThanOrEqualTo(both.bound()[1])
                .isLessThan(1);
        assertThat(both.bound()[0]).isLessThan(1e-11);
    }

    /** As the logits of a direct policy with a probability of zero are. */
    @Test
    void infiniteCoordinatesStay() {
        CentralDifference difference = CentralDifference.along(
                y -> new double[] {StrictMath.exp(y[0]) + StrictMath.exp(y[1])},
                new double[] {0.3, Double.NEGATIVE_INFINITY},
                new double[] {1, 1},
                new double[] {4e-16});
        assertThat(Math.abs(difference.value()[0] - StrictMath.exp(0.3)))
                .isLessThanOrEqualTo(difference.bound()[0])
                .isLessThan(1e-9);
    }

    @Test
    void stepsOutOfTheDomainAreNotUsed() {
        CentralDifference difference = difference(StrictMath::log, 0.01, 1e-15);
        assertThat(Math.abs(difference.value()[0] - 100))
                .isLessThanOrEqualTo(difference.bound()[0]);
        assertThat(difference.bound()[0]).isLessThan(0.01);
    }

    @Test
    void functionsThatAreNeverNumbersHaveNoBound() {
        assertThat(difference(y -> Double.NaN, 0, 1e-15).bound()[0]).isInfinite();
    }

    private static CentralDifference difference(DoubleUnaryOperator function, double at, double noise) {
        return CentralDifference.along(
                y -> new double[] {function.applyAsDouble(y[0])}, new double[] {at}, new double[] {1}, new double[] {
                    noise
                });
    }
}
