package io.stackel.estimate;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each (state, joint action, next state) was seen: one thread's accumulator of long tallies, read out in the
 * order of the keys. Up to {@link #DENSE} possible keys the tallies lie in one array by key, made with the first count;
 * above in an open-addressing table.
 */
public final class TransitionCounts {

    /** Counts as they travel: ascending {@code keys}, one tally a key. */
    public record Sorted(long[] keys, long[] tallies) implements Serializable {

        /** No counts. */
        public static final Sorted NONE = new Sorted(new long[0], new long[0]);

        /** The counts of a table of tallies by key. */
        public static Sorted of(long[] table) {
            int seen = 0;
            for (long tally : table) {
                seen += tally > 0 ? 1 : 0;
            }
            long[] keys = new long[seen];
            long[] tallies = new long[seen];
            int n = 0;
            for (int key = 0; key < table.length; key++) {
                if (table[key] > 0) {
                    keys[n] = key;
                    tallies[n++] = table[key];
                }
            }
            return new Sorted(keys, tallies);
        }

        /** These counts and others. */
        public Sorted plus(Sorted other) {
            long[] all = new long[keys.length + other.keys.length];
            long[] sums = new long[all.length];
            int n = 0;
            int i = 0;
            int j = 0;
            while (i < keys.length || j < other.keys.length) {
                boolean mine = j == other.keys.length || (i < keys.length && keys[i] <= other.keys[j]);
                boolean theirs = i == keys.length || (j < other.keys.length && other.keys[j] <= keys[i]);
                all[n] = mine ? keys[i] : other.keys[j];
                sums[n] = (mine ? tallies[i++] : 0) + (theirs ? other.tallies[j++] : 0);
                n++;
            }
            return new Sorted(Arrays.copyOf(all, n), Arrays.copyOf(sums, n));
        }
    }

    private static final long DENSE = 1_000_000;
    private static final long FREE = -1;

    private final boolean dense;
    private final long possible;
    private long[] keys;
    private long[] tallies;
    private int size;

    /**
     * Counts that are all zero.
     *
     * @param possible keys lie in [0, possible)
     */
    public TransitionCounts(long possible) {
        this.possible = possible;
        dense = possible <= DENSE;
        keys = new long[dense ? 0 : 1 << 10];
        tallies = new long[keys.length];
        Arrays.fill(keys, FREE);
    }

    /** Adds {@code tally} observations of {@code key}. */
    public void add(long key, long tally) {
        if (dense) {
            if (tallies.length == 0) {
                tallies = new long[(int) possible];
            }
            tallies[(int) key] += tally;
            return;
        }
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            keys[slot] = key;
            size++;
        }
        tallies[slot] += tally;
        if (2 * size > keys.length) {
            grow();
        }
    }

    /** Adds all counts of another batch or task. */
    public void addAll(Sorted other) {
        for (int i = 0; i < other.keys.length; i++) {
            add(other.keys[i], other.tallies[i]);
        }
    }

    /** The counts in ascending order of the keys. */
    public Sorted sorted() {
        long[] order = new long[dense ? tallies.length : size];
        int n = 0;
        for (int i = 0; i < tallies.length; i++) {
            if (tallies[i] > 0) {
                order[n++] = dense ? i : keys[i];
            }
        }
        order = Arrays.copyOf(order, n);
        Arrays.sort(order);
        long[] counts = new long[n];
        for (int i = 0; i < n; i++) {
            counts[i] = tallies[dense ? (int) order[i] : slot(keys, order[i])];
        }
        return new Sorted(order, counts);
    }

    private void grow() {
        long[] larger = new long[2 * keys.length];
        long[] moved = new long[larger.length];
        Arrays.fill(larger, FREE);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                int slot = slot(larger, keys[i]);
                larger[slot] = keys[i];
                moved[slot] = tallies[i];
            }
        }
        keys = larger;
        tallies = moved;
    }

    private static int slot(long[] table, long key) {
        int mask = table.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (table[slot] != FREE && table[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
