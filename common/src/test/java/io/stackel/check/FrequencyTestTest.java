package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyTestTest {

    private static final double[] SKEWED = {0.5, 0.3, 0.1, 0.06, 0.03, 0.009, 0.001};
    private static final int TRIALS = 4000;

    /**
     * Under the right probabilities the scores of all rows exceed the normal quantiles of 5 and of 1 % that often. The
     * counts are binomial, allowed 5 standard deviations (false alarm below 1e-6 each) and 10 % for the approximation of a
     * discrete distribution; the worst row's score is that of a bound and may only be too small.
     */
    @ParameterizedTest
    @ValueSource(ints = {12, 40, 400, 4000})
    void rightFrequenciesScoreAsTheNormalDistribution(int observations) {
        int[] together = new int[2];
        int[] worst = new int[2];
        double[] quantiles = {1.6449, 2.3263};
        for (int trial = 0; trial < TRIALS; trial++) {
            FrequencyTest test = new FrequencyTest("test", "outcome");
            RandomStream random = RandomStream.at(11, Purpose.CHECK, observations, trial, 0, 0);
            for (int row = 0; row < 3; row++) {
                test.add(draw(random, observations), SKEWED);
            }
            double[] scores = test.evidence().scores();
            for (int k = 0; k < 2; k++) {
                together[k] += scores[0] > quantiles[k] ? 1 : 0;
                worst[k] += scores[1] > quantiles[k] ? 1 : 0;
            }
        }
        double[] rates = {0.05, 0.01};
        for (int k = 0; k < 2; k++) {
            double expected = TRIALS * rates[k];
            double slack = 5 * Math.sqrt(expected) + 0.1 * expected;
            assertThat((double) together[k]).isCloseTo(expected, within(slack));
            assertThat((double) worst[k]).isLessThan(expected + slack);
        }
    }

    private static long[] draw(RandomStream random, int observations) {
        long[] counts = new long[SKEWED.length];
        for (int i = 0; i < observations; i++) {
            double u = random.nextDouble();
            int outcome = 0;
            while (outcome < SKEWED.length - 1 && u >= SKEWED[outcome]) {
                u -= SKEWED[outcome++];
            }
            counts[outcome]++;
        }
        return counts;
    }

    @Test
    void wrongFrequenciesOfOneRowAmongManyAreFoundInTheWorstRow() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        for (int row = 0; row < 10_000; row++) {
            test.add(new long[] {500, 500}, new double[] {0.5, 0.5});
        }
        test.add(new long[] {380, 620}, new double[] {0.5, 0.5});
        assertThat(test.evidence().scores()[0]).isLessThan(2);
        assertThat(test.evidence().scores()[1]).isGreaterThan(5.5);
    }

    @Test
    void smallWrongFrequenciesOfEveryRowAreFoundTogether() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        for (int row = 0; row < 10_000; row++) {
            test.add(new long[] {480, 520}, new double[] {0.5, 0.5});
        }
        assertThat(test.evidence().scores()[0]).isGreaterThan(10);
        assertThat(test.evidence().scores()[1]).isLessThan(2);
    }

    @Test
    void outcomesOfProbabilityZeroDecideAlone() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        test.add(new long[] {1000, 1}, new double[] {1, 0});
        assertThat(test.evidence().scores()[0]).isEqualTo(37);
        assertThat(test.evidence().explanation()).contains("1 observations of outcomes with probability zero");
    }

    @Test
    void rareOutcomesThatComeTooOftenAreFound() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        test.add(new long[] {990, 10}, new double[] {0.9999, 0.0001});
        assertThat(test.evidence().scores()[1]).isGreaterThan(7);
    }

    /** Twenty-three where five are expected happen with probability 1.8e-9 or so, which is no alarm among 1e5 rows. */
    @Test
    void farTailsOfSmallCountsAreNotExaggerated() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        test.add(new long[] {977, 23}, new double[] {0.995, 0.005});
        assertThat(test.evidence().scores()[1]).isBetween(4.5, 6.2);
    }

    @Test
    void rowsWithoutObservationsSayNothing() {
        FrequencyTest test = new FrequencyTest("test", "outcome");
        test.add(new long[] {0, 0}, new double[] {0.5, 0.5});
        test.add(new long[] {3, 0}, new double[] {1, 0});
        assertThat(test.evidence().scores()).containsExactly(0, 0);
        assertThat(test.evidence().explanation()).contains("3 observations in 1 rows, 1 rows not seen");
    }
}
