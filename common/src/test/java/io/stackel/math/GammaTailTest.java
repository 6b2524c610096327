package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GammaTailTest {

    /** a, x, Q(a, x): mpmath with 60 digits, on both sides of x = a + 1 and of the library's changes of method. */
    private static final double[][] TAILS = {
        {0.5, 1e-09, 0.9999643175176889},
        {0.5, 0.7, 0.23672357063785737},
        {0.5, 1.4, 0.09426430684121032},
        {0.5, 1.6, 0.07363827012030265},
        {0.5, 40.0, 3.744097384202899e-19},
        {1.5, 2.0, 0.2614641299491106},
        {2.5, 3.4, 0.2359445376945214},
        {2.5, 3.6, 0.20618591970955588},
        {20, 12.0, 0.9787202306169733},
        {20, 21.5, 0.3440098190598629},
        {20, 60.0, 6.351918340378976e-10},
        {50, 50.0, 0.48119168452795674},
        {50, 120.0, 1.600822679334483e-13},
        {500, 480.0, 0.8137180268096754},
        {500, 650.0, 3.8897364994868526e-10}
    };

    @Test
    void itHasTheValuesOfAnotherProgram() {
        for (double[] row : TAILS) {
            assertThat(GammaTail.of(row[0], row[1])).isCloseTo(row[2], within(1e-12 * row[2]));
        }
    }

    @Test
    void tailOfOrderOneIsExponential() {
        for (double x : new double[] {0, 0.1, 1, 1.9, 2.1, 30}) {
            assertThat(GammaTail.of(1.0, x)).isCloseTo(StrictMath.exp(-x), within(1e-14));
        }
        assertThat(GammaTail.of(1.0, Double.POSITIVE_INFINITY)).isZero();
    }
}
