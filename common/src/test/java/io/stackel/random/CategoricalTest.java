package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.ChiSquare;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CategoricalTest {

    @Test
    void probabilitiesOfTheThresholdsAgreeToOneUnit() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 500; trial++) {
            double[] row = randomRow(random, 1 + random.nextInt(9));
            double[] exact = probabilitiesOf(thresholds(row), row.length);
            for (int i = 0; i < row.length; i++) {
                assertThat(exact[i]).isCloseTo(row[i], within(0x1.0p-31 + 1e-15));
            }
        }
    }

    @Test
    void outcomeOfZeroProbabilityIsNeverDrawnWhicheverTheWord() {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 500; trial++) {
            double[] row = randomRow(random, 2 + random.nextInt(8));
            int[] thresholds = thresholds(row);
            // The outcome is a step function of the word that moves at the thresholds alone.
            assertPossible(row, thresholds, Integer.MIN_VALUE);
            assertPossible(row, thresholds, Integer.MAX_VALUE);
            for (int threshold : thresholds) {
                long word = 2L * threshold;
                for (long neighbour = word - 2; neighbour <= word + 2; neighbour++) {
                    if (neighbour == (int) neighbour) {
                        assertPossible(row, thresholds, (int) neighbour);
                    }
                }
            }
        }
    }

    @Test
    void certainOutcomeIsAlwaysDrawn() {
        for (int certain = 0; certain < 3; certain++) {
            double[] row = new double[3];
            row[certain] = 1.0;
            int[] thresholds = thresholds(row);
            for (int word : new int[] {Integer.MIN_VALUE, -2, -1, 0, 1, Integer.MAX_VALUE}) {
                assertThat(Categorical.sample(thresholds, 0, 3, word)).isEqualTo(certain);
            }
        }
    }

    @Test
    void rowOfOneOutcomeHasNoThresholds() {
        assertThat(thresholds(new double[] {1.0})).isEmpty();
        assertThat(Categorical.sample(new int[0], 0, 1, -5)).isZero();
    }

    @Test
    void offsetsAreRespected() {
        int[] into = {7, 7, 7, 7};
        Categorical.thresholds(new double[] {9.0, 0.25, 0.25, 0.5, 9.0}, 1, 3, into, 1);
        assertThat(into).containsExactly(7, -(1 << 29), 0, 7);
        assertThat(Categorical.sample(into, 1, 3, -1)).isEqualTo(1);
        assertThat(Categorical.sample(into, 1, 3, 0)).isEqualTo(2);
    }

    @Test
    void drawsFollowTheRowWithFalseAlarmOneInAMillion() {
        double[] row = {0.5, 0.2, 0.0, 0.25, 0.05};
        int[] thresholds = thresholds(row);
        RandomStream stream = RandomStream.at(3, Purpose.CHECK, 0, 0, 0, 0);
        long[] counts = new long[4];
        for (int i = 0; i < 200_000; i++) {
            int outcome = Categorical.sample(thresholds, 0, 5, (int) stream.nextLong());
            assertThat(outcome).isNotEqualTo(2);
            counts[outcome > 2 ? outcome - 1 : outcome]++;
        }
        double statistic = ChiSquare.statistic(counts, new double[] {0.5, 0.2, 0.25, 0.05});
        assertThat(ChiSquare.upperTail(statistic, 3)).isGreaterThan(1e-6);
    }

    @Test
    void refusesRowsThatAreNoDistribution() {
        assertThatThrownBy(() -> thresholds(new double[] {0.5, 0.4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probabilities must have sum 1, but had 0.9");
        assertThatThrownBy(() -> thresholds(new double[] {1.5, -0.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probability 1 must be non-negative, but was -0.5");
        assertThatThrownBy(() -> thresholds(new double[] {Double.NaN, 1.0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probability 0 must be non-negative, but was NaN");
        assertThatThrownBy(() -> Categorical.thresholds(new double[0], 0, 0, new int[0], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be at least 1, but was 0");
    }

    private static void assertPossible(double[] row, int[] thresholds, int word) {
        assertThat(row[Categorical.sample(thresholds, 0, row.length, word)]).isPositive();
    }

    private static int[] thresholds(double[] row) {
        int[] into = new int[row.length - 1];
        Categorical.thresholds(row, 0, row.length, into, 0);
        return into;
    }

    /** The measure of words that select each outcome, from the thresholds alone. */
    private static double[] probabilitiesOf(int[] thresholds, int count) {
        double[] probabilities = new double[count];
        long below = -(1L << 30);
        for (int i = 0; i < count; i++) {
            long above = i < count - 1 ? thresholds[i] : 1L << 30;
            probabilities[i] = (above - below) * 0x1.0p-31;
            below = above;
        }
        return probabilities;
    }

    /** A distribution in which about a third of the outcomes have probability 0. */
    private static double[] randomRow(SplittableRandom random, int count) {
        double[] row = new double[count];
        row[random.nextInt(count)] = random.nextDouble() + 1e-12;
        double total = 0.0;
        for (int i = 0; i < count; i++) {
            row[i] += random.nextInt(3) == 0 ? 0.0 : random.nextDouble();
            row[i] *= random.nextInt(4) == 0 ? 0.0 : 1.0;
            total += row[i];
        }
        if (total == 0.0) {
            row[0] = 1.0;
            return row;
        }
        for (int i = 0; i < count; i++) {
            row[i] /= total;
        }
        return row;
    }
}
