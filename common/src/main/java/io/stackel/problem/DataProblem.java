package io.stackel.problem;

import io.stackel.random.RandomStream;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose lower level fits a model to data:
 *
 * <pre>
 *   lower:  min over w of  g(x, w) = mean over training rows of lowerLoss  +  lowerTerm(x, w)
 *   upper:  min over x of  f(x, w) = mean over validation rows of upperLoss  +  upperTerm(x)
 * </pre>
 *
 * <p>Losses are summed over the rows of a block in row order, so that every engine adds in the same order. A gradient
 * whose array has length 0 is not wanted and not computed. What a method needs beyond its arguments, such as activations
 * of a network, it allocates once a block.
 */
public non-sealed interface DataProblem extends Problem {

    @Override
    default Optional<DataProblem> data() {
        return Optional.of(this);
    }

    /** The length n of the lower variable w. */
    int lowerSize();

    /** Where the lower variable starts; zeros unless the family's protocol says otherwise. */
    default DenseVector lowerStart(RandomStream random) {
        return new DenseVector(new double[lowerSize()]);
    }

    /** Where the upper variable enters the losses of rows, so that nothing is computed that is zero by construction. */
    default Dependence dependence() {
        return new Dependence(true, true);
    }

    /**
     * Where the upper variable enters the losses of rows.
     *
     * @param lowerLoss the training loss depends on x
     * @param upperLoss the validation loss depends on x
     */
    record Dependence(boolean lowerLoss, boolean upperLoss) {}

    /** The number of training rows, at least 1. */
    long trainingRows();

    /** The number of validation rows, at least 1. */
    long validationRows();

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

    /** The number of blocks of test rows, which are for {@link #figures} alone; 0 unless the problem has some. */
    default int testBlocks() {
        return 0;
    }

    /** Test block number {@code index}. */
    default DataBlock testBlock(int index) {
        throw new IllegalArgumentException("there is no test block " + index + ", for the problem has none");
    }

    /** What a test block adds to the score that {@link #figures} takes, such as its rows that w classifies rightly. */
    default double testScore(DataBlock block, DenseVector upper, DenseVector lower) {
        return 0;
    }

    /**
     * Further figures by which a solution is judged, such as an accuracy on test data; by name, deterministic.
     *
     * @param testScore the sum of {@link #testScore} over all test blocks, which the engine has formed
     */
    default SortedMap<String, Double> figures(DenseVector upper, DenseVector lower, double testScore) {
        return Collections.emptySortedMap();
    }
}
