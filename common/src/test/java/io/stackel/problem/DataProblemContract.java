package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.CentralDifferences;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * What every {@link DataProblem} promises at a point: each gradient is the central difference of the value that comes with
 * it, gradients are added to what is there and left out where they are not wanted, and blocks number their rows without
 * gaps.
 */
public final class DataProblemContract {

    private final DataProblem problem;
    private final double[] upper;
    private final double[] lower;

    /** The contract of a problem at a point. */
    public DataProblemContract(DataProblem problem, double[] upper, double[] lower) {
        this.problem = problem;
        this.upper = upper.clone();
        this.lower = lower.clone();
    }

    private interface Loss {
        double add(DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto);
    }

    /** Fails unless the problem keeps all promises; {@code tolerance} is relative to max(1, |gradient|). */
    public void require(double tolerance) {
        requireBlocks();
        for (int i = 0; i < problem.trainingBlocks(); i++) {
            DataBlock block = problem.trainingBlock(i);
            requireGradients(
                    "training block " + i,
                    (x, w, intoX, intoW) -> problem.addLowerLoss(block, x, w, intoX, intoW),
                    tolerance);
        }
        for (int i = 0; i < problem.validationBlocks(); i++) {
            DataBlock block = problem.validationBlock(i);
            requireGradients(
                    "validation block " + i,
                    (x, w, intoX, intoW) -> problem.addUpperLoss(block, x, w, intoX, intoW),
                    tolerance);
        }
        requireGradients("lower term", problem::addLowerTerm, tolerance);
        requireGradients(
                "upper term",
                (x, w, intoX, intoW) -> {
                    if (intoX.length > 0) {
                        problem.addUpperTermGradient(x, intoX);
                    }
                    return problem.upperTerm(x);
                },
                tolerance);
    }

    private void requireBlocks() {
        assertThat(problem.upperSize()).isEqualTo(upper.length);
        assertThat(problem.lowerSize()).isEqualTo(lower.length);
        long next = 0;
        for (int i = 0; i < problem.trainingBlocks(); i++) {
            DataBlock block = problem.trainingBlock(i);
            assertThat(block.firstRow()).as("first row of training block %d", i).isEqualTo(next);
            next += block.rows();
        }
        assertThat(problem.trainingRows()).isEqualTo(next);
        long validation = 0;
        for (int i = 0; i < problem.validationBlocks(); i++) {
            validation += problem.validationBlock(i).rows();
        }
        assertThat(problem.validationRows()).isEqualTo(validation).isPositive();
    }

    private void requireGradients(String what, Loss loss, double tolerance) {
        double[] inUpper = new double[upper.length];
        double[] inLower = new double[lower.length];
        inUpper[0] = 100;
        inLower[0] = -100;
        double value = loss.add(new DenseVector(upper), new DenseVector(lower), inUpper, inLower);
        assertThat(value).as("%s, value", what).isFinite();
        double[] upperAlone = new double[upper.length];
        double[] lowerAlone = new double[lower.length];
        assertThat(loss.add(new DenseVector(upper), new DenseVector(lower), upperAlone, new double[0]))
                .as("%s, value with the gradient in x alone", what)
                .isEqualTo(value);
        assertThat(loss.add(new DenseVector(upper), new DenseVector(lower), new double[0], lowerAlone))
                .as("%s, value with the gradient in w alone", what)
                .isEqualTo(value);
        inUpper[0] -= 100;
        inLower[0] += 100;
        requireClose(what + ", x alone", upperAlone, inUpper, tolerance);
        requireClose(what + ", w alone", lowerAlone, inLower, tolerance);
        requireClose(what + ", x", inUpper, CentralDifferences.gradient(upper, x -> value(loss, x, lower)), tolerance);
        requireClose(what + ", w", inLower, CentralDifferences.gradient(lower, w -> value(loss, upper, w)), tolerance);
    }

    private static double value(Loss loss, double[] x, double[] w) {
        return loss.add(new DenseVector(x), new DenseVector(w), new double[x.length], new double[w.length]);
    }

    private static void requireClose(String what, double[] got, double[] wanted, double tolerance) {
        double largest = 1;
        for (double value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - wanted[i]))
                    .as("%s, coordinate %d: %s against %s", what, i, got[i], wanted[i])
                    .isLessThanOrEqualTo(tolerance * largest);
        }
    }
}
