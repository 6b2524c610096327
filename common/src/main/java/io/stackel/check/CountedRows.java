package io.stackel.check;

import io.stackel.estimate.TransitionCounts;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Counts of outcomes in rows, read from keys {@code row * outcomes + outcome}.
 *
 * @param rows number of rows
 * @param outcomes number of outcomes of each
 * @param counts ascending keys with their tallies
 */
record CountedRows(int rows, int outcomes, TransitionCounts.Sorted counts) {

    /** Adds every row to a test against its probabilities. */
    void addTo(FrequencyTest test, IntFunction<double[]> probabilities) {
        long[] keys = counts.keys();
        long[] row = new long[outcomes];
        int i = 0;
        for (int number = 0; number < rows; number++) {
            Arrays.fill(row, 0);
            long first = (long) number * outcomes;
            for (; i < keys.length && keys[i] < first + outcomes; i++) {
                row[(int) (keys[i] - first)] = counts.tallies()[i];
            }
            test.add(row, probabilities.apply(number));
        }
    }

    /** The tally of one outcome over all rows. */
    long of(int outcome) {
        long total = 0;
        for (int i = 0; i < counts.keys().length; i++) {
            total += counts.keys()[i] % outcomes == outcome ? counts.tallies()[i] : 0;
        }
        return total;
    }

    /** The sum of all tallies. */
    long total() {
        long total = 0;
        for (long tally : counts.tallies()) {
            total += tally;
        }
        return total;
    }

    /** The counts of the rows themselves, regrouped: {@code key} maps a row to (new row) * newOutcomes + outcome. */
    CountedRows regrouped(int newRows, int newOutcomes, IntUnaryOperator key) {
        TransitionCounts merged = new TransitionCounts((long) newRows * newOutcomes);
        for (int i = 0; i < counts.keys().length; i++) {
            merged.add(key.applyAsInt((int) (counts.keys()[i] / outcomes)), counts.tallies()[i]);
        }
        return new CountedRows(newRows, newOutcomes, merged.sorted());
    }
}
