package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.ChiSquare;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MinibatchTest {

    @Test
    void everySetOfBlocksIsAsLikelyAsEveryOther() {
        int draws = 20_000;
        long[] counts = new long[10];
        for (int i = 0; i < draws; i++) {
            int[] drawn = Minibatch.draw(RandomStream.at(3, Purpose.CHECK, 0, i, 0, 0), 3, 5);
            assertThat(drawn).hasSize(3).doesNotHaveDuplicates().isSorted();
            counts[number(drawn)]++;
        }
        double[] even = new double[10];
        Arrays.fill(even, 0.1);
        // One false alarm in a million.
        assertThat(ChiSquare.upperTail(ChiSquare.statistic(counts, even), 9)).isGreaterThan(1e-6);
    }

    /** The number of a set of three of five by the two that it leaves out. */
    private static int number(int[] drawn) {
        int left = 0b11111;
        for (int block : drawn) {
            left &= ~(1 << block);
        }
        int low = Integer.numberOfTrailingZeros(left);
        int high = 31 - Integer.numberOfLeadingZeros(left);
        return high * (high - 1) / 2 + low;
    }

    @Test
    void theAddressDecides() {
        RandomStream one = RandomStream.at(3, Purpose.TRAINING, 0, 0, 7, 2);
        RandomStream same = RandomStream.at(3, Purpose.TRAINING, 0, 0, 7, 2);
        RandomStream next = RandomStream.at(3, Purpose.TRAINING, 0, 0, 7, 3);
        int[] drawn = Minibatch.draw(one, 8, 1000);
        assertThat(Minibatch.draw(same, 8, 1000)).containsExactly(drawn);
        assertThat(Minibatch.draw(next, 8, 1000)).isNotEqualTo(drawn);
    }

    @Test
    void noMoreThanAllBlocksAreDrawn() {
        RandomStream random = RandomStream.at(3, Purpose.CHECK, 0, 0, 0, 0);
        assertThat(Minibatch.draw(random, 4, 4)).containsExactly(0, 1, 2, 3);
        assertThat(Minibatch.draw(random, 9, 4)).containsExactly(0, 1, 2, 3);
        assertThatThrownBy(() -> Minibatch.draw(random, 0, 4))
                .hasMessage("wanted and blocks must be at least 1, but were 0 and 4");
    }
}
