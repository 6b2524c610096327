package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Bootstrap.Interval;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void intervalIsMadeOfTheMeansOfTheIndicesThatWereDrawn() {
        // Three resamples of two values: (0, 0), (0, 1), (1, 1) with means 10, 15, 20.
        int[] drawn = {0, 0, 0, 1, 1, 1};
        int[] position = {0};
        IntUnaryOperator index = bound -> {
            assertThat(bound).isEqualTo(2);
            return drawn[position[0]++];
        };
        Interval interval = Bootstrap.ofMean(new double[] {10, 20}, 0.5, 3, index);
        assertThat(interval).isEqualTo(new Interval(15.0, 12.5, 17.5));
        assertThat(position[0]).isEqualTo(6);
    }

    @Test
    void strataAreResampledEachByItself() {
        int[] drawn = {1, 0, 0};
        int[] position = {0};
        IntUnaryOperator index = bound -> drawn[position[0]++ % 3];
        Interval interval = Bootstrap.ofStrata(
                List.of(new double[] {1, 2}, new double[] {10}),
                sample -> 100 * sample[0] + 10 * sample[1] + sample[2],
                0.5,
                1,
                index);
        assertThat(interval).isEqualTo(new Interval(130.0, 220.0, 220.0));
    }

    @Test
    void pairedDifferenceOfAShiftedSampleIsTheShift() {
        SplittableRandom random = new SplittableRandom(1);
        Interval interval = Bootstrap.ofPairedDifference(
                new double[] {5, 9, 2}, new double[] {4, 8, 1}, 0.95, 100, random::nextInt);
        assertThat(interval).isEqualTo(new Interval(1.0, 1.0, 1.0));
    }

    /**
     * Of 1000 intervals for 40 exponential values, the number that covers the mean 1 is binomial with probability c. The
     * percentile interval's c lies below 0.9, by the skewness of the mean's distribution at this size by less than 0.05;
     * at c in [0.85, 0.9] a count outside 800 ... 935 has probability below 1e-4.
     */
    @Test
    void intervalsCoverTheMeanAboutAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(2);
        int covered = 0;
        for (int trial = 0; trial < 1000; trial++) {
            double[] sample = new double[40];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = -StrictMath.log(1.0 - random.nextDouble());
            }
            Interval interval = Bootstrap.ofMean(sample, 0.9, 400, random::nextInt);
            covered += interval.low() <= 1.0 && 1.0 <= interval.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(800, 935);
    }

    @Test
    void widthIsThatOfTheNormalApproximation() {
        // 2 * 1.645 standard errors; the quantiles of 4000 means have a relative standard error of about 2 %.
        SplittableRandom random = new SplittableRandom(3);
        double[] sample = new double[400];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = random.nextDouble();
        }
        Interval interval = Bootstrap.ofMean(sample, 0.9, 4000, random::nextInt);
        double expected = 2.0 * Normal.quantile(0.95) * Statistics.standardError(sample);
        assertThat((interval.high() - interval.low()) / expected).isCloseTo(1.0, within(0.1));
        assertThat(interval.mean()).isEqualTo(Statistics.mean(sample));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> Bootstrap.ofMean(new double[] {1}, 1.0, 10, bound -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confidence must be in (0, 1), but was 1.0");
        assertThatThrownBy(() -> Bootstrap.ofMean(new double[] {1}, 0.9, 0, bound -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resamples must be at least 1, but was 0");
        assertThatThrownBy(() -> Bootstrap.ofMean(new double[0], 0.9, 1, bound -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample must have at least 1 values, but had 0");
    }
}
