package io.stackel.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Bootstrap.Interval;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExponentTest {

    private static final double[] EPSILONS = {0.4, 0.2, 0.1};

    private static double[] power(double factor, double exponent) {
        return Arrays.stream(EPSILONS)
                .map(eps -> factor * Math.pow(eps, -exponent))
                .toArray();
    }

    @Test
    void aPowerLawIsFoundWhateverItsFactor() {
        Interval fit = Exponent.of(EPSILONS, List.of(power(3, 2.5), power(700, 2.5)), 0);

        assertThat(fit.mean()).isCloseTo(2.5, within(1e-12));
        assertThat(fit.low()).isCloseTo(2.5, within(1e-12));
        assertThat(fit.high()).isCloseTo(2.5, within(1e-12));
    }

    @Test
    void theIntervalIsThatOfTheSlopesOfSeeds() {
        List<double[]> seeds = List.of(power(1, 1), power(1, 2), power(1, 3), power(1, 2), power(1, 2));

        Interval fit = Exponent.of(EPSILONS, seeds, 0);

        assertThat(fit.mean()).isCloseTo(2, within(1e-12));
        assertThat(fit.low()).isBetween(1.2, 1.8);
        assertThat(fit.high()).isBetween(2.2, 2.8);
    }

    /** By hand: logs to base 2 of 1, 2, 8 on 0, 1, 2 rise by 3 over 2. */
    @Test
    void unevenPointsAreFittedByLeastSquares() {
        assertThat(Exponent.of(new double[] {1, 0.5, 0.25}, List.of(new double[] {1, 2, 8}), 0)
                        .mean())
                .isCloseTo(1.5, within(1e-12));
    }
}
