package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose lower level fits a model to data:
 *
 * <pre>
 *   lower:  min over w of  g(x, w) = mean over training rows of lowerLoss  +  lowerTerm(x, w)
 *   upper:  min over x of  f(x, w) = mean over validation rows of upperLoss  +  upperTerm(x)
 * </pre>
 *
 * <p>Losses are summed over the rows of a block in row order, so that every engine adds in the same order.
 */
public non-sealed interface DataProblem extends Problem {

    /** The length of the lower variable w. */
    int lowerSize();

    /** The number of training blocks. */
    int trainingBlocks();

    /** The number of validation blocks. */
    int validationBlocks();

    /** Training block number {@code index}. */
    DataBlock trainingBlock(int index);

    /** Validation block number {@code index}. */
    DataBlock validationBlock(int index);

    /** Adds the gradients of the summed training loss of a block in x and w and returns that loss. */
    double addLowerLoss(
            DataBlock block,
            DenseVector upper,
            DenseVector lower,
            double[] upperGradientInto,
            double[] lowerGradientInto);

    /** Adds the gradients of the summed validation loss of a block in x and w and returns that loss. */
    double addUpperLoss(
            DataBlock block,
            DenseVector upper,
            DenseVector lower,
            double[] upperGradientInto,
            double[] lowerGradientInto);

    /** Adds the gradients of the part of g without data, such as a ridge penalty, and returns its value. */
    default double addLowerTerm(
            DenseVector upper, DenseVector lower, double[] upperGradientInto, double[] lowerGradientInto) {
        return 0;
    }
}
