package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionCountsTest {

    private final RandomStream random = RandomStream.at(2, Purpose.CHECK, 0, 0, 0, 0);

    /** Below and above the limit from which keys are hashed. */
    @ParameterizedTest
    @ValueSource(longs = {900_000, 1_000_000, 1_000_001, 1L << 62})
    void countsAreThoseOfASortedMapThroughEveryGrowth(long possible) {
        TransitionCounts counts = new TransitionCounts(possible);
        SortedMap<Long, Long> wanted = new TreeMap<>();
        for (int i = 0; i < 30_000; i++) {
            long key = key(i, possible);
            long tally = 1L + random.nextInt(5);
            counts.add(key, tally);
            wanted.merge(key, tally, Long::sum);
        }
        assertThat(wanted).hasSizeGreaterThan(10_000);
        requireEqual(counts.sorted(), wanted);
    }

    /** Small keys, neighbours of the largest, and keys of every magnitude. */
    private long key(int i, long possible) {
        return switch (i % 3) {
            case 0 -> random.nextInt(5000);
            case 1 -> possible - 1 - random.nextInt(5000);
            default -> (random.nextLong() >>> (1 + random.nextInt(50))) % possible;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {3000, 1L << 40})
    void mergedTasksCountAsOne(long possible) {
        TransitionCounts whole = new TransitionCounts(possible);
        TransitionCounts left = new TransitionCounts(possible);
        TransitionCounts right = new TransitionCounts(possible);
        for (int i = 0; i < 5000; i++) {
            long key = random.nextInt(3000);
            whole.add(key, 1);
            (i % 3 == 0 ? left : right).add(key, 1);
        }
        TransitionCounts merged = new TransitionCounts(possible);
        merged.addAll(right.sorted());
        merged.addAll(TransitionCounts.Sorted.NONE);
        merged.addAll(left.sorted());
        assertThat(merged.sorted().keys()).containsExactly(whole.sorted().keys());
        assertThat(merged.sorted().tallies()).containsExactly(whole.sorted().tallies());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 1L << 40})
    void nothingCountedIsEmpty(long possible) {
        TransitionCounts.Sorted sorted = new TransitionCounts(possible).sorted();
        assertThat(sorted.keys()).isEmpty();
        assertThat(sorted.tallies()).isEmpty();
    }

    private static void requireEqual(TransitionCounts.Sorted got, SortedMap<Long, Long> wanted) {
        assertThat(got.keys())
                .isEqualTo(wanted.keySet().stream().mapToLong(Long::longValue).toArray());
        assertThat(got.tallies())
                .isEqualTo(wanted.values().stream().mapToLong(Long::longValue).toArray());
    }
}
