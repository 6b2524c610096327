package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** The objectives of a data problem over all its rows, blocks in order. */
public final class FullLoss {

    private static final double[] UNWANTED = {};

    private FullLoss() {}

    /** f(x, w) over all validation rows. */
    public static double upper(DataProblem problem, DenseVector upper, DenseVector lower) {
        return upper(problem, upper, lower, UNWANTED, UNWANTED);
    }

    /**
     * f(x, w) over all validation rows, with its gradients.
     *
     * @param upperInto is added to; length 0 if it is not wanted
     * @param lowerInto the same
     */
    public static double upper(
            DataProblem problem, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double mean = addMean(
                problem.validationBlocks(),
                problem.validationRows(),
                (i, inX, inW) -> problem.addUpperLoss(problem.validationBlock(i), upper, lower, inX, inW),
                upperInto,
                lowerInto);
        if (upperInto.length > 0) {
            problem.addUpperTermGradient(upper, upperInto);
        }
        return mean + problem.upperTerm(upper);
    }

    /** g(x, w) over all training rows, with its gradients likewise. */
    public static double lower(
            DataProblem problem, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double mean = addMean(
                problem.trainingBlocks(),
                problem.trainingRows(),
                (i, inX, inW) -> problem.addLowerLoss(problem.trainingBlock(i), upper, lower, inX, inW),
                upperInto,
                lowerInto);
        return mean + problem.addLowerTerm(upper, lower, upperInto, lowerInto);
    }

    /** The summed loss of a block, which adds its gradients. */
    private interface BlockLoss {
        double add(int block, double[] upperInto, double[] lowerInto);
    }

    private static double addMean(int blocks, long rows, BlockLoss loss, double[] upperInto, double[] lowerInto) {
        double[] inUpper = new double[upperInto.length];
        double[] inLower = new double[lowerInto.length];
        double total = 0;
        for (int i = 0; i < blocks; i++) {
            total += loss.add(i, inUpper, inLower);
        }
        VectorMath.addScaled(1.0 / rows, inUpper, upperInto);
        VectorMath.addScaled(1.0 / rows, inLower, lowerInto);
        return total / rows;
    }
}
