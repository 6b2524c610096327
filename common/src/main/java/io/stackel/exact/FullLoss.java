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
        double[] inUpper = new double[upperInto.length];
        double[] inLower = new double[lowerInto.length];
        double total = 0;
        for (int i = 0; i < problem.validationBlocks(); i++) {
            total += problem.addUpperLoss(problem.validationBlock(i), upper, lower, inUpper, inLower);
        }
        VectorMath.addScaled(1.0 / problem.validationRows(), inUpper, upperInto);
        VectorMath.addScaled(1.0 / problem.validationRows(), inLower, lowerInto);
        if (upperInto.length > 0) {
            problem.addUpperTermGradient(upper, upperInto);
        }
        return total / problem.validationRows() + problem.upperTerm(upper);
    }

    /**
     * g(x, w) over all training rows, with its gradients.
     *
     * @param upperInto is added to; length 0 if it is not wanted
     * @param lowerInto the same
     */
    public static double lower(
            DataProblem problem, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double[] inUpper = new double[upperInto.length];
        double[] inLower = new double[lowerInto.length];
        double total = 0;
        for (int i = 0; i < problem.trainingBlocks(); i++) {
            total += problem.addLowerLoss(problem.trainingBlock(i), upper, lower, inUpper, inLower);
        }
        VectorMath.addScaled(1.0 / problem.trainingRows(), inUpper, upperInto);
        VectorMath.addScaled(1.0 / problem.trainingRows(), inLower, lowerInto);
        return total / problem.trainingRows() + problem.addLowerTerm(upper, lower, upperInto, lowerInto);
    }
}
