package io.stackel.estimate;

import java.util.Arrays;

/**
 * How often each (state, joint action, next state) was seen: an open-addressing table of long tallies, one thread's
 * accumulator, read out in the order of the keys.
 */
public final class TransitionCounts {

    /** Counts as they travel: ascending {@code keys}, one tally a key. */
    public record Sorted(long[] keys, long[] tallies) {

        /** No counts. */
        public static final Sorted NONE = new Sorted(new long[0], new long[0]);
    }

    private static final long FREE = -1;

    private long[] keys = new long[1 << 10];
    private long[] tallies = new long[1 << 10];
    private int size;

    public TransitionCounts() {
        Arrays.fill(keys, FREE);
    }

    /** Adds {@code tally} observations of {@code key}, which is not negative. */
    public void add(long key, long tally) {
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            keys[slot] = key;
            if (++size * 2 > keys.length) {
                tallies[slot] = tally;
                grow();
                return;
            }
        }
        tallies[slot] += tally;
    }

    /** Adds all counts of another batch or task. */
    public void addAll(Sorted other) {
        for (int i = 0; i < other.keys.length; i++) {
            add(other.keys[i], other.tallies[i]);
        }
    }

    /** The counts in ascending order of the keys. */
    public Sorted sorted() {
        long[] order = new long[size];
        int n = 0;
        for (long key : keys) {
            if (key != FREE) {
                order[n++] = key;
            }
        }
        Arrays.sort(order);
        long[] counts = new long[n];
        for (int i = 0; i < n; i++) {
            counts[i] = tallies[slot(keys, order[i])];
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
