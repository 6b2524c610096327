package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IncompleteGammaTest {

    /** mpmath with 60 digits, loggamma. */
    private static final double[][] LOG_GAMMA = {
        {0.5, 0.5723649429247001},
        {1, 0.0},
        {2.5, 0.2846828704729192},
        {15, 25.19122118273868},
        {50, 144.5657439463449},
        {5000, 37582.62631568535}
    };

    @Test
    void logGammaAgreesToFourteenDigits() {
        for (double[] row : LOG_GAMMA) {
            assertThat(IncompleteGamma.logGamma(row[0])).isCloseTo(row[1], within(1e-14 * Math.max(1.0, row[1])));
        }
    }

    @Test
    void lowerAndUpperPartAddUpToOne() {
        for (double a : new double[] {0.5, 1, 3.7, 40}) {
            for (double x : new double[] {0, 1e-3, 0.7, 3, 50, 200}) {
                assertThat(IncompleteGamma.lower(a, x) + IncompleteGamma.upper(a, x))
                        .isCloseTo(1.0, within(1e-14));
            }
        }
    }

    @Test
    void partsOfOrderOneAreExponential() {
        for (double x : new double[] {0, 0.1, 1, 1.9, 2.1, 30}) {
            assertThat(IncompleteGamma.upper(1.0, x)).isCloseTo(StrictMath.exp(-x), within(1e-14));
            assertThat(IncompleteGamma.lower(1.0, x)).isCloseTo(-StrictMath.expm1(-x), within(1e-14));
        }
    }
}
