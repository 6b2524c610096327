package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;

class MartingaleTest {

    /** Binomial count of |score| > 1.96 in 4000 trials: 200 +- 14; 5 standard deviations, false alarm below 1e-6. */
    @Test
    void fairDeviationsScoreAsTheNormalDistribution() {
        int beyond = 0;
        for (int trial = 0; trial < 4000; trial++) {
            RandomStream random = RandomStream.at(5, Purpose.CHECK, 0, trial, 0, 0);
            Martingale sums = new Martingale("test", "fair", 1);
            double size = 1;
            for (int i = 0; i < 400; i++) {
                double deviation = random.nextDouble() < 0.5 ? size : -size;
                size = deviation > 0 ? 1 : 3;
                sums.add(deviation, 0, 1 + i % 3);
            }
            beyond += Math.abs(sums.evidence().scores()[0]) > 1.96 ? 1 : 0;
        }
        assertThat((double) beyond).isCloseTo(200, within(70.0));
    }

    @Test
    void deviationsOfOneSignScoreTheRootOfTheirCount() {
        Martingale sums = new Martingale("test", "biased", 2);
        for (int i = 0; i < 100; i++) {
            sums.add(1e-9, 1e-10, 1, i % 2 == 0 ? 1 : -1);
        }
        assertThat(sums.evidence().scores()).containsExactly(new double[] {10, 0}, within(1e-9));
    }

    @Test
    void roundingCountsAsZero() {
        Martingale sums = new Martingale("test", "rounded", 1);
        sums.add(1e-16, 1e-15, 1);
        assertThat(sums.evidence().scores()).containsExactly(0);
        assertThat(sums.evidence().explanation()).endsWith("over 1 steps");
    }

    @Test
    void deviationsThatAreNoNumbersAreKept() {
        Martingale sums = new Martingale("test", "broken", 1);
        sums.add(Double.NaN, 1, 1);
        assertThat(sums.evidence().scores()[0]).isNaN();
    }
}
