package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NormalTableTest {

    @Test
    void itIsTheDistributionFunction() {
        double largest = 0;
        for (double z = -12; z < 12; z += 0.000977) {
            largest = Math.max(largest, Math.abs(NormalTable.cdf(z) - Normal.cdf(z)));
        }
        assertThat(largest).isLessThan(1e-15);
    }

    @Test
    void itRises() {
        double before = 0;
        for (double z = -10; z < 10; z += 0.001) {
            double next = NormalTable.cdf(z);
            assertThat(next).isGreaterThanOrEqualTo(before - 2e-16);
            before = next;
        }
        assertThat(NormalTable.cdf(-9)).isZero();
        assertThat(NormalTable.cdf(9)).isOne();
        assertThat(NormalTable.cdf(0)).isEqualTo(0.5);
    }

    /** Central differences at 1e-5 err by 2e-11 in truncation and 2e-11 in rounding. */
    @Test
    void theDensityIsItsDerivative() {
        for (double z = -4; z <= 4; z += 0.37) {
            double slope = (NormalTable.cdf(z + 1e-5) - NormalTable.cdf(z - 1e-5)) / 2e-5;
            assertThat(Math.abs(slope - NormalTable.density(z))).isLessThan(1e-10);
        }
    }
}
