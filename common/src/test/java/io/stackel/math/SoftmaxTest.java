package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    // exp(k) / (exp(1) + exp(2) + exp(3)) and log of the sum, mpmath with 30 digits.
    private static final double[] OF_ONE_TWO_THREE = {0.09003057317038046, 0.24472847105479764, 0.6652409557748219};
    private static final double LOG_SUM = 3.40760596444438;

    @Test
    void probabilitiesOfOneTwoThree() {
        double[] into = {9, 9, 9, 9, 9};
        Softmax.probabilities(new double[] {7, 1, 2, 3, 7}, 1, 3, into);
        assertThat(new double[] {into[1], into[2], into[3]}).containsExactly(OF_ONE_TWO_THREE, within(1e-16));
        assertThat(into[0]).isEqualTo(9);
        assertThat(into[4]).isEqualTo(9);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        double[] into = new double[3];
        Softmax.probabilities(new double[] {1e300 / 1e200, 0, 1e4}, 0, 3, into);
        assertThat(into).containsExactly(1.0, 0.0, 0.0);
        Softmax.logProbabilities(new double[] {-2e4, -1e4, -3e4}, 0, 3, into);
        assertThat(into).containsExactly(-1e4, 0.0, -2e4);
        assertThat(Softmax.logSumExp(new double[] {1001, 1002, 1003}, 0, 3)).isCloseTo(1000 + LOG_SUM, within(1e-12));
        assertThat(Softmax.logSumExp(new double[] {-999, -998, -997}, 0, 3)).isCloseTo(-1000 + LOG_SUM, within(1e-12));
    }

    @Test
    void logProbabilitiesAreLogarithms() {
        double[] logits = {1, 2, 3};
        double[] logarithms = new double[3];
        Softmax.logProbabilities(logits, 0, 3, logarithms);
        for (int i = 0; i < 3; i++) {
            assertThat(logarithms[i]).isCloseTo(logits[i] - LOG_SUM, within(1e-15));
            assertThat(StrictMath.exp(logarithms[i])).isCloseTo(OF_ONE_TWO_THREE[i], within(1e-15));
        }
    }

    @Test
    void rowMayBeItsOwnResult() {
        double[] row = {5, 1, 2, 3};
        Softmax.probabilities(row, 1, 3, row);
        assertThat(row)
                .containsExactly(
                        new double[] {5, 0.09003057317038046, 0.24472847105479764, 0.6652409557748219}, within(1e-16));
        double[] logRow = {1, 2, 3};
        Softmax.logProbabilities(logRow, 0, 3, logRow);
        assertThat(logRow[2]).isCloseTo(3 - LOG_SUM, within(1e-15));
    }

    @Test
    void temperatureDividesTheLogits() {
        double[] hot = new double[3];
        double[] cold = new double[3];
        Softmax.probabilities(new double[] {0.25, 0.5, 0.75}, 0, 3, 0.25, hot);
        assertThat(hot).containsExactly(OF_ONE_TWO_THREE, within(1e-16));
        Softmax.logProbabilities(new double[] {0.25, 0.5, 0.75}, 0, 3, 0.25, cold);
        assertThat(cold[0]).isCloseTo(1 - LOG_SUM, within(1e-15));
        assertThat(Softmax.logSumExp(new double[] {0.25, 0.5, 0.75}, 0, 3, 0.25))
                .isCloseTo(0.25 * LOG_SUM, within(1e-15));
    }

    @Test
    void softMaximumAtTemperatureZeroIsTheMaximum() {
        assertThat(Softmax.logSumExp(new double[] {-3, 4, 1}, 0, 3, 0.0)).isEqualTo(4.0);
        assertThat(Softmax.logSumExp(new double[] {-3, 4, 1}, 0, 3, 1e-3)).isEqualTo(4.0);
    }

    @Test
    void infiniteLogits() {
        double[] into = new double[3];
        Softmax.probabilities(new double[] {0, -INFINITY, 0}, 0, 3, into);
        assertThat(into).containsExactly(0.5, 0.0, 0.5);
        Softmax.logProbabilities(new double[] {0, -INFINITY, -INFINITY}, 0, 3, into);
        assertThat(into).containsExactly(0.0, -INFINITY, -INFINITY);
        assertThat(Softmax.logSumExp(new double[] {-INFINITY, -INFINITY}, 0, 2)).isEqualTo(-INFINITY);
        assertThat(Softmax.logSumExp(new double[] {1, INFINITY}, 0, 2)).isEqualTo(INFINITY);
        Softmax.probabilities(new double[] {1, INFINITY, 2}, 0, 3, into);
        assertThat(into[1]).isNaN();
    }

    @Test
    void notANumberStaysVisible() {
        double[] into = new double[2];
        Softmax.probabilities(new double[] {1, Double.NaN}, 0, 2, into);
        assertThat(into[0]).isNaN();
        assertThat(into[1]).isNaN();
        assertThat(Softmax.logSumExp(new double[] {Double.NaN, 1}, 0, 2)).isNaN();
        assertThat(Softmax.logSumExp(new double[] {Double.NaN, INFINITY}, 0, 2)).isNaN();
    }

    @Test
    void refusesTemperaturesBelowTheirRange() {
        assertThatThrownBy(() -> Softmax.probabilities(new double[1], 0, 1, 0.0, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature must be positive, but was 0.0");
        assertThatThrownBy(() -> Softmax.logProbabilities(new double[1], 0, 1, Double.NaN, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature must be positive, but was NaN");
        assertThatThrownBy(() -> Softmax.logSumExp(new double[1], 0, 1, -1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature must be non-negative, but was -1.0");
    }
}
