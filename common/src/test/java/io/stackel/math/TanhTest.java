package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;

class TanhTest {

    private static double of(double x) {
        double[] one = {x};
        Tanh.applyInPlace(one, 1);
        return one[0];
    }

    @Test
    void isWithinSixteenUnitsInTheLastPlace() {
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, 0, 0, 0);
        for (int i = 0; i < 200_000; i++) {
            double x = random.nextGaussian() * StrictMath.pow(10, 5 * random.nextDouble() - 4);
            double expected = StrictMath.tanh(x);
            assertThat(Math.abs(of(x) - expected)).as("at %s", x).isLessThanOrEqualTo(16 * Math.ulp(expected));
        }
    }

    @Test
    void isOddBoundedAndFlatFarOut() {
        RandomStream random = RandomStream.at(2, Purpose.CHECK, 0, 0, 0, 0);
        for (int i = 0; i < 100_000; i++) {
            double x = 25 * random.nextDouble();
            assertThat(of(-x)).isEqualTo(-of(x)).isGreaterThanOrEqualTo(-1);
        }
        assertThat(of(0)).isEqualTo(0);
        assertThat(of(1e300)).isEqualTo(1);
        assertThat(of(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(of(Double.NaN)).isNaN();
        assertThat(of(Double.MIN_VALUE)).isBetween(0.0, Double.MIN_VALUE);
    }

    @Test
    void countBoundsWhatIsReplaced() {
        double[] values = {1, 1, 1};
        Tanh.applyInPlace(values, 2);
        assertThat(values[0]).isEqualTo(of(1)).isEqualTo(values[1]);
        assertThat(values[2]).isEqualTo(1);
    }
}
