package io.stackel.problem;

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

    /** SHA-256 of the content, 64 hexadecimal digits: what of the data is part of a run's identity. */
    String sha256();
}
