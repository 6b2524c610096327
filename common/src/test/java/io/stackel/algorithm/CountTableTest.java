package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.TransitionCounts;
import io.stackel.estimate.TransitionCounts.Sorted;
import io.stackel.exact.RandomProblem;
import io.stackel.math.Tensor;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountTableTest {

    private static Sorted batch(int seed, int possible) {
        RandomStream random = RandomStream.at(seed, Purpose.CHECK, 0, 0, 0, 0);
        TransitionCounts counts = new TransitionCounts(possible);
        for (int i = 0; i < 40; i++) {
            counts.add(random.nextInt(possible), 1 + random.nextInt(3));
        }
        return counts.sorted();
    }

    @Test
    void bothFormsCountTheSame() {
        MarkovGame game = RandomProblem.of(5, 4, 2, 2, 0.3).game();
        int possible = (int) CountedGame.size(game);
        CountTable table = CountTable.none(game);
        CountTable pairs = new CountTable(new Tensor.Whole(new long[0], 2, 0));
        long tallies = 0;
        for (int i = 0; i < 3; i++) {
            Sorted batch = batch(i, possible);
            tallies += IntStream.range(0, batch.keys().length)
                    .mapToLong(k -> batch.tallies()[k])
                    .sum();
            table = table.plus(batch);
            pairs = pairs.plus(batch);
        }

        assertThat(table.tensor().shape()).containsExactly(possible);
        assertThat(pairs.tensor().shape()).containsExactly(2, pairs.sorted().keys().length);
        assertThat(pairs.sorted().keys())
                .isSorted()
                .doesNotHaveDuplicates()
                .containsExactly(table.sorted().keys());
        assertThat(pairs.sorted().tallies()).containsExactly(table.sorted().tallies());
        assertThat(Arrays.stream(table.tensor().values()).sum()).isEqualTo(tallies);
    }

    /** 600 states with 3 actions have 1,081,800 possible transitions, so a table would be longer than all that is ever seen. */
    @Test
    void aLargeGameIsKeptByWhatWasSeen() {
        int rows = 600 * 3;
        int[] start = IntStream.rangeClosed(0, rows).toArray();
        int[] next = IntStream.range(0, rows).map(row -> row / 3).toArray();
        double[] one = new double[rows];
        Arrays.fill(one, 1);
        double[] first = new double[600];
        first[0] = 1;
        MarkovGame game = new MarkovGame(600, 1, 3, new Transitions(600, 3, start, next, one), first, 0.9);

        Tensor.Whole none = CountTable.none(game).tensor();
        assertThat(none.shape()).containsExactly(2, 0);
        Sorted seen = new Sorted(new long[] {7, 1_081_799}, new long[] {2, 5});
        assertThat(new CountTable(none).plus(seen).tensor().values()).containsExactly(7, 1_081_799, 2, 5);
    }
}
