package io.stackel.problem;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the labels of a data set are: a family checks them by it, without a pass over the rows.
 *
 * @param least the smallest label; NaN if one is
 * @param greatest the largest label; NaN if one is
 * @param whole whether all are whole numbers
 * @param counts the rows of each label, in ascending order of the labels; empty if there are more than {@link #MOST_COUNTED}
 */
public record LabelSummary(double least, double greatest, boolean whole, SortedMap<Double, Long> counts)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Labels of more values than these are not counted one by one. */
    public static final int MOST_COUNTED = 1000;

    public LabelSummary {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Goes through all blocks of a data set. */
    static LabelSummary of(BlockSet set) {
        Counter counter = new Counter();
        for (int i = 0; i < set.blocks(); i++) {
            counter.add(set.block(i).labels().values());
        }
        return counter.summary();
    }

    /** Whether all labels are whole numbers from {@code first} to {@code last}. */
    public boolean areWhole(int first, int last) {
        return whole && least >= first && greatest <= last;
    }

    /** Sees labels, in any order; mutable. */
    public static final class Counter {

        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private boolean whole = true;
        private boolean counted = true;
        private final SortedMap<Double, Long> counts = new TreeMap<>();

        /** Nothing seen yet. */
        public Counter() {}

        /** Sees the labels of a block. */
        public void add(double[] labels) {
            double[] sorted = labels.clone();
            Arrays.setAll(sorted, i -> sorted[i] + 0.0); // -0.0 is 0.0
            Arrays.sort(sorted);
            for (int i = 0; i < sorted.length; ) {
                int from = i;
                while (i < sorted.length && Double.compare(sorted[i], sorted[from]) == 0) {
                    i++;
                }
                see(sorted[from], i - from);
            }
        }

        /** Sees what another one saw. */
        public void add(LabelSummary other) {
            other.counts.forEach(this::see);
            counted &= !other.counts.isEmpty();
            least = Math.min(least, other.least);
            greatest = Math.max(greatest, other.greatest);
            whole &= other.whole;
        }

        private void see(double label, long rows) {
            least = Math.min(least, label);
            greatest = Math.max(greatest, label);
            whole &= label == Math.rint(label);
            if (counted) {
                counts.merge(label, rows, Long::sum);
                counted = counts.size() <= MOST_COUNTED;
            }
        }

        /** What was seen. */
        public LabelSummary summary() {
            return new LabelSummary(least, greatest, whole, counted ? counts : Collections.emptySortedMap());
        }
    }
}
