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

    /**
     * Tests every row against its probabilities.
     *
     * @param name of the finding
     * @param what the rows are
     */
    Evidence frequencies(String name, String what, IntFunction<double[]> probabilities) {
        FrequencyTest test = new FrequencyTest(name, what);
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
        return test.evidence();
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
