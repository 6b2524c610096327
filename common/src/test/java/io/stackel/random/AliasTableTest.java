package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.ChiSquare;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AliasTableTest {

    @Test
    void packedProbabilitiesAgreeWithTheWeightsToHalfAUnit() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(70);
            double[] weights = randomWeights(random, rows, columns);
            assertAgrees(AliasTable.of(weights, rows, columns), weights, rows, columns);
        }
    }

    @Test
    void widthIsTheSmallestPowerOfTwoThatHoldsTheLargestSupport() {
        assertThat(AliasTable.of(new double[] {1.0, 0.0, 0.0}, 1, 3).width()).isEqualTo(2);
        assertThat(AliasTable.of(new double[] {0.5, 0.5, 0.0}, 1, 3).width()).isEqualTo(2);
        assertThat(AliasTable.of(new double[] {0.5, 0.25, 0.0}, 1, 3).width()).isEqualTo(4);
        AliasTable table = AliasTable.of(new double[] {1, 0, 0, 0, .2, .2, .2, .2}, 2, 4);
        assertThat(table.width()).isEqualTo(8);
        assertThat(table.shift()).isEqualTo(61);
        assertThat(table.entries()).hasSize(16);
    }

    @Test
    void emptyRowAlwaysTerminates() {
        AliasTable table = AliasTable.of(new double[3], 1, 3);
        assertThat(unitsOf(table, 0, 3)).containsExactly(0, 0, 0, 2L << 32);
        for (long word : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(table.sample(0, word)).isEqualTo(3);
        }
    }

    @Test
    void certainOutcomeIsAlwaysDrawn() {
        AliasTable table = AliasTable.of(new double[] {0, 0, 1}, 1, 3);
        assertThat(unitsOf(table, 0, 3)).containsExactly(0, 0, 2L << 32, 0);
    }

    @Test
    void sumThatMissesOneByRoundingDoesNotTerminate() {
        double[] weights = new double[10];
        for (int i = 0; i < 10; i++) {
            weights[i] = i < 9 ? 0.1 : 0.1 - 5e-10;
        }
        assertThat(unitsOf(AliasTable.of(weights, 1, 10), 0, 10)[10]).isZero();
        weights[9] = 0.1 - 1e-6;
        assertThat(unitsOf(AliasTable.of(weights, 1, 10), 0, 10)[10]).isPositive();
    }

    @Test
    void sumAboveOneByRoundingIsDividedOut() {
        double[] weights = {0.5 + 4e-10, 0.5 + 4e-10};
        assertThat(unitsOf(AliasTable.of(weights, 1, 2), 0, 2)).containsExactly(1L << 32, 1L << 32, 0);
    }

    @Test
    void largestTableKeepsOutcomesApart() {
        int columns = 65534;
        double[] weights = new double[columns];
        for (int c = 0; c < columns; c++) {
            weights[c] = (c % 2 == 0 ? 0.5 : 1.5) / (columns + 1.0);
        }
        AliasTable table = AliasTable.of(weights, 1, columns);
        assertThat(table.width()).isEqualTo(65536);
        assertAgrees(table, weights, 1, columns);
    }

    @Test
    void sampleReadsColumnThenThresholdFromTheTopOfTheWord() {
        // Two columns: the first holds the outcome 1 below 1/2 * 2^32 and the outcome 3 above, the second 3 alone.
        AliasTable table = AliasTable.of(new double[] {0, 0.25, 0, 0.75}, 1, 4);
        assertThat(table.sample(0, 0L)).isEqualTo(1);
        assertThat(table.sample(0, 0x3FFFFFFFFFFFFFFFL)).isEqualTo(1);
        assertThat(table.sample(0, 0x4000000000000000L)).isEqualTo(3);
        assertThat(table.sample(0, 0x7FFFFFFFFFFFFFFFL)).isEqualTo(3);
        assertThat(table.sample(0, Long.MIN_VALUE)).isEqualTo(3);
        assertThat(table.sample(0, -1L)).isEqualTo(3);
    }

    @Test
    void sampleGivesEveryColumnItsOwnAndItsAlias() {
        SplittableRandom random = new SplittableRandom(4);
        double[] weights = randomWeights(random, 3, 20);
        AliasTable table = AliasTable.of(weights, 3, 20);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < table.width(); column++) {
                long entry = table.entries()[row * table.width() + column];
                long threshold = entry >>> 32;
                assertThat(sample(table, row, column, 0xFFFFFFFFL)).isEqualTo((int) entry & 0xFFFF);
                if (threshold > 0) {
                    assertThat(sample(table, row, column, threshold - 1)).isEqualTo((int) (entry >>> 16) & 0xFFFF);
                    assertThat(sample(table, row, column, threshold)).isEqualTo((int) entry & 0xFFFF);
                }
            }
        }
    }

    @Test
    void drawsFollowTheWeightsWithFalseAlarmOneInAMillion() {
        double[] weights = {0.4, 0.05, 0.0, 0.15, 0.1, 0.2};
        AliasTable table = AliasTable.of(weights, 1, 6);
        RandomStream stream = RandomStream.at(5, Purpose.CHECK, 0, 0, 0, 0);
        long[] counts = new long[7];
        for (int i = 0; i < 200_000; i++) {
            counts[table.sample(0, stream.nextLong())]++;
        }
        assertThat(counts[2]).isZero();
        long[] possible = {counts[0], counts[1], counts[3], counts[4], counts[5], counts[6]};
        double statistic = ChiSquare.statistic(possible, new double[] {0.4, 0.05, 0.15, 0.1, 0.2, 0.1});
        assertThat(ChiSquare.upperTail(statistic, 5)).isGreaterThan(1e-6);
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> AliasTable.of(new double[65535], 1, 65535))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns must be in [1, 65534], but was 65535");
        assertThatThrownBy(() -> AliasTable.of(new double[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must have rows * columns = 2 * 3 elements, but had 5");
        assertThatThrownBy(() -> AliasTable.of(new double[] {0, 1, 0.75, 0.5}, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 must have sum at most 1, but had 1.25");
        assertThatThrownBy(() -> AliasTable.of(new double[] {0, 1, 0.75, -0.5}, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight [1][1] must be non-negative, but was -0.5");
        assertThatThrownBy(() -> AliasTable.of(new double[] {Double.NaN}, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight [0][0] must be non-negative, but was NaN");
    }

    /**
     * In units of 2^-32 / width: 1/2 from rounding an outcome's weight, for the heaviest as many halves more as the row
     * has outcomes; 1/32 covers the division by a sum that misses 1 by rounding, 70 * 2^-53 of 2^39 units.
     */
    private static void assertAgrees(AliasTable table, double[] weights, int rows, int columns) {
        double unitsInOne = 0x1.0p32 * table.width();
        for (int row = 0; row < rows; row++) {
            long[] units = unitsOf(table, row, columns);
            double[] expected = new double[columns + 1];
            double total = 0.0;
            int support = 1;
            int heaviest = 0;
            for (int c = 0; c < columns; c++) {
                expected[c] = weights[row * columns + c];
                total += expected[c];
                support += expected[c] > 0.0 ? 1 : 0;
                heaviest = expected[c] > expected[heaviest] ? c : heaviest;
            }
            expected[columns] = total < 1.0 - 1e-9 ? 1.0 - total : 0.0;
            heaviest = expected[columns] > expected[heaviest] ? columns : heaviest;
            for (int c = 0; c <= columns; c++) {
                double bound = 0.5 + 0.03125 + (expected[c] == expected[heaviest] ? 0.5 * support : 0.0);
                assertThat(Math.abs(units[c] - expected[c] * unitsInOne)).isLessThanOrEqualTo(bound);
                assertThat(units[c] == 0 || expected[c] > 0.0).isTrue();
            }
        }
    }

    /** How many of the words that differ in column and draw select each outcome. */
    private static long[] unitsOf(AliasTable table, int row, int columns) {
        long[] units = new long[columns + 1];
        for (int column = 0; column < table.width(); column++) {
            long entry = table.entries()[row * table.width() + column];
            long threshold = entry >>> 32;
            units[(int) (entry >>> 16) & 0xFFFF] += threshold;
            units[(int) entry & 0xFFFF] += (1L << 32) - threshold;
        }
        return units;
    }

    private static int sample(AliasTable table, int row, int column, long draw) {
        return table.sample(row, (long) column << table.shift() | draw << (table.shift() - 32));
    }

    /** Rows of sum 1, of a smaller sum and of none, with many zeros and weights of very different size. */
    private static double[] randomWeights(SplittableRandom random, int rows, int columns) {
        double[] weights = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            double total = 0.0;
            for (int c = row * columns; c < (row + 1) * columns; c++) {
                double size = StrictMath.pow(10.0, -6.0 * random.nextDouble());
                weights[c] = random.nextInt(3) == 0 ? 0.0 : size;
                total += weights[c];
            }
            double mass = random.nextBoolean() ? 1.0 : random.nextDouble();
            for (int c = row * columns; c < (row + 1) * columns && total > 0.0; c++) {
                weights[c] *= mass / total;
            }
        }
        return weights;
    }
}
