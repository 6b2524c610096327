package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;

class StationarityTestTest {

    /** By hand, look 1 at rate .05: a_1 = .0304, 1 + sqrt(2 ln(1/a_1)) = 3.643; look 10: a_10 = .000304, 5.024. */
    @Test
    void laterLooksAskForMore() {
        StationarityTest test = new StationarityTest(1, 0.05);

        assertThat(test.accepts(0.5, 0.5 / 3.644, 1)).isTrue();
        assertThat(test.accepts(0.5, 0.5 / 3.642, 1)).isFalse();
        assertThat(test.accepts(0.5, 0.5 / 5.026, 10)).isTrue();
        assertThat(test.accepts(0.5, 0.5 / 5.022, 10)).isFalse();
    }

    @Test
    void anExactGradientIsComparedAsItIs() {
        assertThat(new StationarityTest(1, 0.05).accepts(1, 0, 7)).isTrue();
        assertThat(new StationarityTest(1, 0.05).accepts(1.001, 0, 7)).isFalse();
    }

    /**
     * 1,000 runs of 50 looks at a gradient of norm 1 in 3 coordinates, each with noise of deviation .3, against a bound of .999.
     * At an error rate of .2 at most 200 are expected to accept; the chance of more than 260 is below 1e-5.
     */
    @Test
    void aGradientAboveTheBoundIsAcceptedAtMostAtTheErrorRate() {
        StationarityTest test = new StationarityTest(0.999, 0.2);
        int accepted = 0;
        for (int run = 0; run < 1000; run++) {
            RandomStream random = RandomStream.at(0, Purpose.CHECK, 77, run, 0, 0);
            boolean any = false;
            for (int look = 1; look <= 50; look++) {
                double square = 0;
                for (int i = 0; i < 3; i++) {
                    double value = (i == 0 ? 1 : 0) + 0.3 * random.nextGaussian();
                    square += value * value;
                }
                any |= test.accepts(Math.sqrt(square), 0.3 * Math.sqrt(3), look);
            }
            accepted += any ? 1 : 0;
        }
        assertThat(accepted).isLessThanOrEqualTo(260);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new StationarityTest(0, 0.05)).hasMessageContaining("bound must be above 0");
        assertThatThrownBy(() -> new StationarityTest(1, 1)).hasMessageContaining("errorRate must be in (0, 1)");
    }
}
