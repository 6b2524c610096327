package io.stackel.problem;

import static io.stackel.math.Requirements.require;

import java.util.Arrays;

/** A data set in memory. */
public final class MemoryBlocks implements BlockSet {

    private final int columns;
    private final DataBlock[] blocks;
    private final long rows;

    private MemoryBlocks(int columns, DataBlock[] blocks, long rows) {
        this.columns = columns;
        this.blocks = blocks;
        this.rows = rows;
    }

    /**
     * Cuts rows into blocks; the last one may be shorter.
     *
     * @param columns features of a row
     * @param features rows x columns, row-major
     * @param labels one a row, at least one
     * @param rowsPerBlock at least 1
     */
    public static MemoryBlocks of(int columns, double[] features, double[] labels, int rowsPerBlock) {
        int rows = labels.length;
        require(
                rows >= 1 && rowsPerBlock >= 1,
                "rows and rowsPerBlock must be at least 1, but were " + rows + " and " + rowsPerBlock);
        require(
                features.length == (long) rows * columns,
                "features must have " + (long) rows * columns + " entries, " + rows + " rows of " + columns
                        + ", but has " + features.length);
        DataBlock[] blocks = new DataBlock[(rows - 1) / rowsPerBlock + 1];
        for (int i = 0; i < blocks.length; i++) {
            int from = i * rowsPerBlock;
            int to = Math.min(rows, from + rowsPerBlock);
            blocks[i] = DataBlock.of(
                    from,
                    columns,
                    Arrays.copyOfRange(features, from * columns, to * columns),
                    Arrays.copyOfRange(labels, from, to));
        }
        return new MemoryBlocks(columns, blocks, rows);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int blocks() {
        return blocks.length;
    }

    @Override
    public DataBlock block(int index) {
        return blocks[index];
    }
}
