package io.stackel.problem;

import io.stackel.math.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * A data set in blocks: rows in a fixed order, cut into groups of consecutive rows.
 *
 * <p>An instance is immutable and shared between threads; a block may be read anew whenever it is asked for.
 */
public interface BlockSet {

    /** The number of rows, at least 1. */
    long rows();

    /** The number of features of a row. */
    int columns();

    /** The number of blocks, at least 1. */
    int blocks();

    /** Block number {@code index}; together the blocks hold every row once, in order. */
    DataBlock block(int index);

    /** What the labels are; a pass over all blocks, unless whoever wrote the data set has noted it. */
    default LabelSummary labels() {
        return LabelSummary.of(this);
    }

    /**
     * SHA-256 of the content, 64 hexadecimal digits: what of the data is part of a run's identity. Of blocks in memory it is
     * that of columns, rows (int64) and then, row by row, features and label (float64), all little endian.
     */
    default String sha256() {
        MessageDigest digest = Sha256.digest();
        ByteBuffer row = ByteBuffer.allocate((columns() + 1) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(columns())
                .putLong(rows())
                .array());
        for (int b = 0; b < blocks(); b++) {
            DataBlock block = block(b);
            for (int i = 0; i < block.rows(); i++) {
                row.clear();
                for (int j = 0; j < columns(); j++) {
                    row.putDouble(block.rowMajor()[i * columns() + j]);
                }
                row.putDouble(block.labels().values()[i]);
                digest.update(row.array());
            }
        }
        return Sha256.hex(digest);
    }
}
