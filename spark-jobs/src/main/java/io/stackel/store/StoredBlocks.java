package io.stackel.store;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The blocks of a data set, read when they are asked for and kept as long as there is room.
 *
 * <p>Minibatches draw blocks uniformly, so any set of kept blocks saves as many reads as any other of its size: the first
 * ones stay, and nothing is ever put out.
 */
final class StoredBlocks implements BlockSet {

    private final DataSetDirectory directory;
    private final DataSetFile file;
    private final AtomicLong room;
    private final AtomicReferenceArray<DataBlock> kept;

    /**
     * Reads the blocks of one data set and keeps what fits.
     *
     * @param room bytes that blocks may still take up in this process, shared between data sets
     */
    StoredBlocks(DataSetDirectory directory, DataSetFile file, AtomicLong room) {
        this.directory = directory;
        this.file = file;
        this.room = room;
        kept = new AtomicReferenceArray<>(file.blocks().size());
    }

    @Override
    public long rows() {
        return file.rows();
    }

    @Override
    public int columns() {
        return file.columns().size();
    }

    @Override
    public int blocks() {
        return file.blocks().size();
    }

    @Override
    public DataBlock block(int index) {
        DataBlock there = kept.get(index);
        if (there != null) {
            return there;
        }
        DataBlock block = directory.block(file, index);
        long size = file.blocks().get(index).length();
        if (room.addAndGet(-size) < 0 || !kept.compareAndSet(index, null, block)) {
            room.addAndGet(size);
        }
        return block;
    }

    @Override
    public String sha256() {
        return file.sha256();
    }
}
