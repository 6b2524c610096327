package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.families.RandomTables.Table;
import io.stackel.mdp.Transitions;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RandomTablesTest {

    private static final int ROWS = 4_000;
    private static final int COUNT = 5;

    @Test
    void dirichletRowsSumToOne() {
        for (double[] table : new double[][] {flat(), half()}) {
            for (int row = 0; row < ROWS; row++) {
                double total = 0;
                for (int i = row * COUNT; i < (row + 1) * COUNT; i++) {
                    assertThat(table[i]).isBetween(0.0, 1.0);
                    total += table[i];
                }
                assertThat(total).isCloseTo(1, Offset.offset(1e-14));
            }
        }
    }

    /**
     * The second moment of a component of Dirichlet(c) with k components is (c + 1) / (k (k c + 1)): 1/15 for c = 1 and
     * 3/35 for c = 1/2, k = 5. Its square has a standard deviation of at most .152, so .0144 are six standard errors of
     * the mean over 4,000 rows: one false alarm in 10^8.
     */
    @Test
    void dirichletComponentsHaveTheirSecondMoment() {
        assertThat(secondMoment(flat())).isCloseTo(1.0 / 15, Offset.offset(0.0144));
        assertThat(secondMoment(half())).isCloseTo(3.0 / 35, Offset.offset(0.0144));
    }

    /** Also where the product of the axes wraps around to a small number. */
    @Test
    void tablesThatNoArrayHoldsAreRefused() {
        assertThat(RandomTables.cells(100, 5, 5, 100)).isEqualTo(250_000);
        assertThatThrownBy(() -> RandomTables.cells(1 << 16, 1 << 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table of the problem must have at most 2147483639 cells, but has 65536 x 65536");
        assertThatThrownBy(() -> SmallProblems.of("reward-design", Map.of("states", 10_000L, "actions", 1_000L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but has 10000000 x 10000");
    }

    @Test
    void rowsDoNotChangeWhenTheTableGrows() {
        double[] small = new RandomTables(1).flatDirichlet(Table.TRANSITION, 2, COUNT);
        double[] large = new RandomTables(1).flatDirichlet(Table.TRANSITION, 3, COUNT);
        assertThat(large).startsWith(small);
        assertThat(new RandomTables(2).flatDirichlet(Table.TRANSITION, 2, COUNT))
                .isNotEqualTo(small);
        assertThat(new RandomTables(1).uniform(Table.LOWER_REWARD, COUNT))
                .isNotEqualTo(new RandomTables(1).uniform(Table.UPPER_REWARD, COUNT));
    }

    @Test
    void successorsAreDistinctAndTheirRowsDoNotChangeWhenTheTableGrows() {
        Transitions few = new RandomTables(1).process(50, 2, 7, 0.9).transitions();
        for (int row = 0; row < 100; row++) {
            double total = 0;
            for (int i = few.start(row); i < few.start(row + 1); i++) {
                assertThat(i == few.start(row) || few.next(i) > few.next(i - 1)).isTrue();
                total += few.probability(i);
            }
            assertThat(few.start(row + 1) - few.start(row)).isEqualTo(7);
            assertThat(total).isCloseTo(1, Offset.offset(1e-14));
        }
        Transitions more = new RandomTables(1).process(50, 3, 7, 0.9).transitions();
        for (int i = 0; i < few.entries(); i++) {
            assertThat(more.next(i)).isEqualTo(few.next(i));
            assertThat(more.probability(i)).isEqualTo(few.probability(i));
        }
        assertThat(new RandomTables(1).process(50, 2, 50, 0.9).transition())
                .containsExactly(new RandomTables(1).halfDirichlet(Table.TRANSITION, 100, 50));
    }

    /** Each state follows a row with probability 7/50: of 100 rows 14, standard deviation 3.5; six of them either way. */
    @Test
    void everyStateIsAsLikelyASuccessor() {
        Transitions few = new RandomTables(3).process(50, 2, 7, 0.9).transitions();
        int[] times = new int[50];
        for (int i = 0; i < few.entries(); i++) {
            times[few.next(i)]++;
        }
        for (int count : times) {
            assertThat(count).isBetween(1, 35);
        }
    }

    private static double[] flat() {
        return new RandomTables(1).flatDirichlet(Table.TRANSITION, ROWS, COUNT);
    }

    private static double[] half() {
        return new RandomTables(1).halfDirichlet(Table.TRANSITION, ROWS, COUNT);
    }

    private static double secondMoment(double[] table) {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += table[row * COUNT] * table[row * COUNT];
        }
        return sum / ROWS;
    }
}
