package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A fixed group of rows of a data set.
 *
 * @param firstRow number of the first row in the data set
 * @param features rows x columns
 * @param labels one label a row
 */
public record DataBlock(long firstRow, DenseMatrix features, DenseVector labels) {

    public DataBlock {
        if (features.numRows() != labels.size()) {
            throw new IllegalArgumentException(
                    "labels must have " + features.numRows() + " entries, one a row, but has " + labels.size());
        }
    }
}
