package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    /** x, degrees of freedom, tail: mpmath with 60 digits, gammainc(k / 2, x / 2, inf, regularized=True). */
    private static final double[][] TAILS = {
        {0.5, 1, 0.4795001221869535},
        {3.841458820694124, 1, 0.05000000000000006},
        {10, 4, 0.040427681994512805},
        {2, 7, 0.9598403687301016},
        {25, 7, 0.0007588002556582502},
        {100, 100, 0.48119168452795674},
        {150, 100, 0.0009039320423540091},
        {9000, 10000, 0.999999999999873},
        {10500, 10000, 0.00024794736798936087},
        {1000, 3, 1.7994208765314476e-216}
    };

    @Test
    void upperTailHasItsStatedAccuracy() {
        for (double[] row : TAILS) {
            assertThat(ChiSquare.upperTail(row[0], row[1])).isCloseTo(row[2], within(1e-10 * row[2]));
        }
    }

    @Test
    void upperTailAtTheEnds() {
        assertThat(ChiSquare.upperTail(0.0, 3)).isEqualTo(1.0);
        assertThat(ChiSquare.upperTail(Double.POSITIVE_INFINITY, 3)).isZero();
    }

    @Test
    void statisticIsPearsons() {
        assertThat(ChiSquare.statistic(new long[] {10, 30, 60}, new double[] {0.2, 0.3, 0.5}))
                .isCloseTo(5.0 + 0.0 + 2.0, within(1e-14));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> ChiSquare.upperTail(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must be non-negative, but was -1.0");
        assertThatThrownBy(() -> ChiSquare.upperTail(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degreesOfFreedom must be positive, but was 0.0");
        assertThatThrownBy(() -> ChiSquare.statistic(new long[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("observed and probabilities must have the same length, but had 1 and 2");
        assertThatThrownBy(() -> ChiSquare.statistic(new long[2], new double[] {1, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probability 1 must be positive, but was 0.0");
    }
}
