package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** Expected values: mpmath with 60 digits, erfc(-x / sqrt(2)) / 2 and its root found from log(cdf(x)) = log(p). */
class NormalTest {

    private static final double[][] CDF = {
        {-37, 5.725571222524577e-300},
        {-20, 2.7536241186062337e-89},
        {-10, 7.619853024160525e-24},
        {-5, 2.866515718791939e-07},
        {-3, 0.0013498980316300946},
        {-1.5, 0.06680720126885807},
        {-0.5, 0.3085375387259869},
        {-0.001, 0.49960105778608893},
        {0, 0.5},
        {0.25, 0.5987063256829237},
        {1, 0.8413447460685429},
        {2, 0.9772498680518208},
        {4, 0.9999683287581669},
        {8, 0.9999999999999993}
    };

    private static final double[][] QUANTILE = {
        {1e-300, -37.0470962993612},
        {1e-100, -21.273453560965326},
        {1e-9, -5.9978070150076865},
        {0.001, -3.0902323061678136},
        {0.025, -1.9599639845400543},
        {0.3, -0.5244005127080408},
        {0.5, 0.0},
        {0.9, 1.2815515655446006},
        {0.975, 1.9599639845400538}
    };

    @Test
    void cdfHasItsStatedAccuracy() {
        for (double[] row : CDF) {
            double relative = row[0] < -10.0 ? 1e-12 : 1e-13;
            assertThat(Normal.cdf(row[0])).isCloseTo(row[1], within(relative * row[1]));
        }
        assertThat(Normal.cdf(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Normal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1.0);
    }

    @Test
    void quantileHasItsStatedAccuracy() {
        for (double[] row : QUANTILE) {
            assertThat(Normal.quantile(row[0])).isCloseTo(row[1], within(1e-13 * Math.max(1.0, Math.abs(row[1]))));
        }
    }

    @Test
    void quantileInvertsTheCdf() {
        for (int i = 1; i < 1000; i++) {
            double p = i / 1000.0;
            assertThat(Normal.cdf(Normal.quantile(p))).isCloseTo(p, withinPercentage(1e-10));
        }
    }

    @Test
    void quantileRefusesTheEnds() {
        assertThatThrownBy(() -> Normal.quantile(1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p must be in (0, 1), but was 1.0");
    }
}
