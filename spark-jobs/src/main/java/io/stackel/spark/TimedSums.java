package io.stackel.spark;

import io.stackel.estimate.RangeSums;
import java.io.Serializable;
import java.util.List;

/**
 * The sums of a range and what they took, which decides where later batches are evaluated and is no part of any result.
 *
 * @param sums of the range
 * @param openNanos that the evaluator took to be ready; of parts that worked side by side, the longest
 * @param workNanos of one core on all chunks of the range
 */
record TimedSums(RangeSums sums, long openNanos, long workNanos) implements Serializable {

    /** Seconds that the evaluator took to be ready. */
    double openSeconds() {
        return openNanos / 1e9;
    }

    /** Seconds of one core on all chunks. */
    double workSeconds() {
        return workNanos / 1e9;
    }

    /**
     * The sums of a range from those of its parts.
     *
     * @param chunks of the whole batch
     * @param parts from left to right
     */
    static TimedSums join(long chunks, List<TimedSums> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        long open = 0;
        long work = 0;
        for (TimedSums part : parts) {
            open = Math.max(open, part.openNanos);
            work += part.workNanos;
        }
        return new TimedSums(
                RangeSums.join(chunks, parts.stream().map(TimedSums::sums).toList()), open, work);
    }
}
