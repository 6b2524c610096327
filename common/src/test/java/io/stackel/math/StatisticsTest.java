package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final double[] SAMPLE = {2, 4, 4, 4, 5, 5, 7, 9};

    @Test
    void interquartileMeanSetsAQuarterAsideOnEachSide() {
        assertThat(Statistics.interquartileMean(new double[] {1000, 3, 1, 2, -50, 4, 5, 6}))
                .isEqualTo(3.5);
        assertThat(Statistics.interquartileMean(new double[] {1, 2, 6})).isEqualTo(3.0);
    }

    @Test
    void meanVarianceAndStandardError() {
        assertThat(Statistics.mean(SAMPLE)).isEqualTo(5.0);
        assertThat(Statistics.variance(SAMPLE)).isCloseTo(32.0 / 7.0, within(1e-15));
        assertThat(Statistics.standardError(SAMPLE)).isCloseTo(Math.sqrt(4.0 / 7.0), within(1e-15));
    }

    @Test
    void varianceOfALargeOffsetKeepsItsDigits() {
        assertThat(Statistics.variance(new double[] {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}))
                .isEqualTo(30.0);
    }

    @Test
    void quantileInterpolatesBetweenOrderStatistics() {
        double[] sample = {40, 10, 30, 20};
        assertThat(Statistics.quantile(sample, 0.0)).isEqualTo(10.0);
        assertThat(Statistics.quantile(sample, 0.25)).isEqualTo(17.5);
        assertThat(Statistics.quantile(sample, 0.5)).isEqualTo(25.0);
        assertThat(Statistics.quantile(sample, 1.0)).isEqualTo(40.0);
        assertThat(sample).containsExactly(40, 10, 30, 20);
        assertThat(Statistics.quantile(new double[] {3}, 0.7)).isEqualTo(3.0);
    }

    @Test
    void refusesSamplesThatAreTooSmall() {
        assertThatThrownBy(() -> Statistics.mean(new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample must have at least 1 values, but had 0");
        assertThatThrownBy(() -> Statistics.standardError(new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample must have at least 2 values, but had 1");
        assertThatThrownBy(() -> Statistics.quantile(SAMPLE, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level must be in [0, 1], but was 1.5");
    }
}
