package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransitionCountsTest {

    private final RandomStream random = RandomStream.at(2, Purpose.CHECK, 0, 0, 0, 0);

    @Test
    void countsAreThoseOfASortedMapThroughEveryGrowth() {
        TransitionCounts counts = new TransitionCounts();
        SortedMap<Long, Long> wanted = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = key(i);
            long tally = random.nextInt(5);
            counts.add(key, tally);
            wanted.merge(key, tally, Long::sum);
        }
        assertThat(wanted).hasSizeGreaterThan(10_000);
        requireEqual(counts.sorted(), wanted);
    }

    /** Small keys, neighbours, and keys far beyond an int. */
    private long key(int i) {
        return switch (i % 3) {
            case 0 -> random.nextInt(5000);
            case 1 -> (1L << 40) + random.nextInt(5000);
            default -> random.nextLong() >>> (1 + random.nextInt(50));
        };
    }

    @Test
    void mergedTasksCountAsOne() {
        TransitionCounts whole = new TransitionCounts();
        TransitionCounts left = new TransitionCounts();
        TransitionCounts right = new TransitionCounts();
        for (int i = 0; i < 5000; i++) {
            long key = random.nextInt(3000);
            whole.add(key, 1);
            (i % 3 == 0 ? left : right).add(key, 1);
        }
        TransitionCounts merged = new TransitionCounts();
        merged.addAll(right.sorted());
        merged.addAll(TransitionCounts.Sorted.NONE);
        merged.addAll(left.sorted());
        assertThat(merged.sorted().keys()).containsExactly(whole.sorted().keys());
        assertThat(merged.sorted().tallies()).containsExactly(whole.sorted().tallies());
    }

    @Test
    void nothingCountedIsEmpty() {
        TransitionCounts.Sorted sorted = new TransitionCounts().sorted();
        assertThat(sorted.keys()).isEmpty();
        assertThat(sorted.tallies()).isEmpty();
    }

    private static void requireEqual(TransitionCounts.Sorted got, SortedMap<Long, Long> wanted) {
        assertThat(got.keys())
                .containsExactly(
                        wanted.keySet().stream().mapToLong(Long::longValue).toArray());
        assertThat(got.tallies())
                .containsExactly(
                        wanted.values().stream().mapToLong(Long::longValue).toArray());
    }
}
