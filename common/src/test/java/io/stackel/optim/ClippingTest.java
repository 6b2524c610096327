package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClippingTest {

    @Test
    void longGradientIsShortenedToTheLimit() {
        double[] gradient = {30, -40};
        assertThat(Clipping.scale(gradient, 5.0)).isEqualTo(0.1);
        assertThat(Clipping.byNorm(gradient, 5.0)).containsExactly(new double[] {3, -4}, within(1e-15));
        assertThat(gradient).containsExactly(30, -40);
    }

    @Test
    void shortGradientKeepsItsBits() {
        double[] gradient = {0.3, -0.4};
        assertThat(Clipping.byNorm(gradient, 1.0)).containsExactly(gradient).isNotSameAs(gradient);
        assertThat(Clipping.byNorm(gradient, Double.POSITIVE_INFINITY)).containsExactly(gradient);
        assertThat(Clipping.byNorm(new double[2], 1.0)).containsExactly(0.0, 0.0);
    }

    @Test
    void hugeGradientKeepsItsDirection() {
        assertThat(Clipping.byNorm(new double[] {3e200, 4e200}, 1.0))
                .containsExactly(new double[] {0.6, 0.8}, within(1e-14));
    }

    @Test
    void notANumberStaysVisible() {
        assertThat(Clipping.scale(new double[] {1, Double.NaN}, 1.0)).isNaN();
    }

    @Test
    void refusesALimitOfZero() {
        assertThatThrownBy(() -> Clipping.byNorm(new double[1], 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be positive, but was 0.0");
    }
}
