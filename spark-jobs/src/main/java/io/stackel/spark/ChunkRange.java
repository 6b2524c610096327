package io.stackel.spark;

import org.apache.spark.Partition;

/**
 * The chunks of one task.
 *
 * @param index of the task
 * @param from the first chunk
 * @param to the chunk after the last
 */
record ChunkRange(int index, long from, long to) implements Partition {

    static ChunkRange[] of(long[] boundaries) {
        ChunkRange[] ranges = new ChunkRange[boundaries.length - 1];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new ChunkRange(i, boundaries[i], boundaries[i + 1]);
        }
        return ranges;
    }

    /** Names the chunks for people. */
    @Override
    public String toString() {
        return to - from == 1 ? "chunk " + from : "chunks " + from + " to " + (to - 1);
    }
}
