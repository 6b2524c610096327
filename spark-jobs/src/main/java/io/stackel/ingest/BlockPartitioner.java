package io.stackel.ingest;

import org.apache.spark.Partitioner;

/** Gives each task a stretch of whole blocks. */
final class BlockPartitioner extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int tasks;
    private final long rowsPerTask;

    /**
     * Cuts blocks into stretches.
     *
     * @param most at most so many tasks
     */
    BlockPartitioner(long blocks, int rowsPerBlock, int most) {
        long blocksPerTask = (blocks - 1) / most + 1;
        rowsPerTask = blocksPerTask * rowsPerBlock;
        tasks = (int) ((blocks - 1) / blocksPerTask + 1);
    }

    @Override
    public int numPartitions() {
        return tasks;
    }

    @Override
    public int getPartition(Object place) {
        return (int) ((Long) place / rowsPerTask);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockPartitioner that && tasks == that.tasks && rowsPerTask == that.rowsPerTask;
    }

    @Override
    public int hashCode() {
        return 31 * tasks + Long.hashCode(rowsPerTask);
    }
}
