package io.stackel.algorithm;

import io.stackel.estimate.TransitionCounts.Sorted;
import io.stackel.math.Tensor;
import io.stackel.mdp.MarkovGame;
import java.util.Arrays;

/**
 * Counts of transitions as a state keeps them. Up to a million possible transitions they are a table of tallies by key; above
 * they are two rows, the keys that were seen in ascending order and their tallies, so that they grow with what was seen.
 */
record CountTable(Tensor.Whole tensor) {

    private static final long MOST_CELLS = 1_000_000;

    /** Counts of nothing in a game. */
    static CountTable none(MarkovGame game) {
        long size = CountedGame.size(game);
        return size <= MOST_CELLS
                ? new CountTable(new Tensor.Whole(new long[(int) size], (int) size))
                : of(new Sorted(new long[0], new long[0]));
    }

    /** The counts that a state has under a name. */
    static CountTable of(State state, String name) {
        return new CountTable((Tensor.Whole) state.tensors().get(name));
    }

    private static CountTable of(Sorted counts) {
        int seen = counts.keys().length;
        long[] rows = Arrays.copyOf(counts.keys(), 2 * seen);
        System.arraycopy(counts.tallies(), 0, rows, seen, seen);
        return new CountTable(new Tensor.Whole(rows, 2, seen));
    }

    private boolean isTable() {
        return tensor.shape().length == 1;
    }

    /** The counts with those of a batch added. */
    CountTable plus(Sorted batch) {
        return isTable()
                ? new CountTable(new Tensor.Whole(CountedGame.add(tensor.values(), batch), tensor.shape()))
                : of(sorted().plus(batch));
    }

    /** What was seen, in the order of the keys. */
    Sorted sorted() {
        long[] values = tensor.values();
        if (isTable()) {
            return Sorted.of(values);
        }
        int seen = values.length / 2;
        return new Sorted(Arrays.copyOf(values, seen), Arrays.copyOfRange(values, seen, values.length));
    }
}
