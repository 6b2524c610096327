package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import org.apache.spark.ml.linalg.DenseVector;

/** A problem of two data sets. */
interface RowProblem extends DataProblem {

    /** The key that says how many rows of a data set are generated. */
    static Parameter generated(String set, long usual) {
        return Parameter.whole(
                set + "Rows", usual, Range.closed(1, 10_000_000), "Number of " + set + " rows, if they are generated.");
    }

    /** The rows of the lower level. */
    BlockSet training();

    /** The rows of the upper level. */
    BlockSet validation();

    @Override
    default long trainingRows() {
        return training().rows();
    }

    @Override
    default long validationRows() {
        return validation().rows();
    }

    @Override
    default int trainingBlocks() {
        return training().blocks();
    }

    @Override
    default int validationBlocks() {
        return validation().blocks();
    }

    @Override
    default DataBlock trainingBlock(int index) {
        return training().block(index);
    }

    @Override
    default DataBlock validationBlock(int index) {
        return validation().block(index);
    }

    /** The loss of a row is the same on both levels unless a family says otherwise. */
    @Override
    default double addUpperLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        return addLowerLoss(block, upper, lower, upperInto, lowerInto);
    }
}
