package io.stackel.problem;

import static io.stackel.math.Requirements.require;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A fixed group of rows of a data set.
 *
 * @param firstRow number of the first row in the data set
 * @param features rows x columns, stored by rows ({@code isTransposed}): row i begins at {@code i * columns} of its values
 * @param labels one label a row
 */
public record DataBlock(long firstRow, DenseMatrix features, DenseVector labels) {

    public DataBlock {
        require(
                features.numRows() == labels.size(),
                "labels must have " + features.numRows() + " entries, one a row, but has " + labels.size());
        require(
                features.isTransposed(),
                "features must be stored by rows (isTransposed), but are stored by columns; use DataBlock.of");
    }

    /**
     * A block from rows that lie one after the other.
     *
     * @param features rows x columns, row-major
     * @param labels one a row
     */
    public static DataBlock of(long firstRow, int columns, double[] features, double[] labels) {
        return new DataBlock(
                firstRow, new DenseMatrix(labels.length, columns, features, true), new DenseVector(labels));
    }

    /** The number of rows. */
    public int rows() {
        return features.numRows();
    }

    /** The number of features of a row. */
    public int columns() {
        return features.numCols();
    }

    /** The features, row-major; not to be written to. */
    public double[] rowMajor() {
        return features.values();
    }
}
