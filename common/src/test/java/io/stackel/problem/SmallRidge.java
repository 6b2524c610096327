package io.stackel.problem;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Ridge regression with a log weight a feature; x also pays a price of its own.
 *
 * <pre>
 *   lower:  mean (a.w - b)^2 / 2  +  sum_j exp(x_j) w_j^2 / 2        upper:  mean (a.w - b)^2 / 2  +  sum_j x_j^2 / 2
 * </pre>
 *
 * @param wrong names the gradient that is off by a thousandth, if any
 */
public record SmallRidge(String wrong) implements DataProblem {

    /** Rows of a block. */
    public static final int ROWS = 4;

    @Override
    public int upperSize() {
        return 3;
    }

    @Override
    public int lowerSize() {
        return 3;
    }

    @Override
    public double upperTerm(DenseVector upper) {
        double total = 0;
        for (double x : upper.values()) {
            total += x * x / 2;
        }
        return total;
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += slip("upper term, x") * upper.apply(j);
        }
    }

    @Override
    public long trainingRows() {
        return 2 * ROWS;
    }

    @Override
    public long validationRows() {
        return ROWS;
    }

    @Override
    public int trainingBlocks() {
        return 2;
    }

    @Override
    public int validationBlocks() {
        return 1;
    }

    @Override
    public DataBlock trainingBlock(int index) {
        return block((long) ROWS * index, index);
    }

    @Override
    public DataBlock validationBlock(int index) {
        return block(0, 10 + index);
    }

    private static DataBlock block(long firstRow, int item) {
        RandomStream random = RandomStream.at(5, Purpose.PROBLEM, 0, item, 0, 0);
        double[] features = new double[3 * ROWS];
        double[] labels = new double[ROWS];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextGaussian();
        }
        for (int i = 0; i < ROWS; i++) {
            labels[i] = random.nextGaussian();
        }
        return DataBlock.of(firstRow, 3, features, labels);
    }

    @Override
    public double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] inUpper, double[] inLower) {
        return squares(block, lower, inLower, slip("training block 0, w"));
    }

    @Override
    public double addUpperLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] inUpper, double[] inLower) {
        return squares(block, lower, inLower, slip("validation block 0, w"));
    }

    private static double squares(DataBlock block, DenseVector lower, double[] inLower, double factor) {
        double total = 0;
        for (int i = 0; i < block.labels().size(); i++) {
            double residual = -block.labels().apply(i);
            for (int j = 0; j < 3; j++) {
                residual += block.features().apply(i, j) * lower.apply(j);
            }
            total += residual * residual / 2;
            for (int j = 0; j < inLower.length; j++) {
                inLower[j] += factor * residual * block.features().apply(i, j);
            }
        }
        return total;
    }

    @Override
    public double addLowerTerm(DenseVector upper, DenseVector lower, double[] inUpper, double[] inLower) {
        double total = 0;
        for (int j = 0; j < 3; j++) {
            double weight = StrictMath.exp(upper.apply(j));
            double w = lower.apply(j);
            total += weight * w * w / 2;
            if (inUpper.length > 0) {
                inUpper[j] += slip("lower term, x") * weight * w * w / 2;
            }
            if (inLower.length > 0) {
                inLower[j] += slip("lower term, w") * weight * w;
            }
        }
        return total;
    }

    private double slip(String gradient) {
        return wrong.equals(gradient) ? 1.001 : 1;
    }
}
