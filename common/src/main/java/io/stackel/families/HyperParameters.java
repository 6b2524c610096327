package io.stackel.families;

import io.stackel.math.RowMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * One regularisation weight a feature, chosen by the loss on validation data:
 *
 * <pre>
 *   lower:  g(x, w) = mean over training rows of loss(a.w, b)  +  1/2 sum_j exp(x_j) w_j^2
 *   upper:  f(w)    = mean over validation rows of loss(a.w, b)
 *   ridge:     loss(p, b) = (p - b)^2 / 2
 *   logistic:  loss(p, b) = log(1 + exp(-b p)),   b = -1 or 1
 * </pre>
 *
 * <p>a is a row's features, length n; x and w have length n. Source: Pedregosa, "Hyperparameter optimization with approximate
 * gradient", ICML 2016.
 */
class HyperParameters implements DataProblem {

    /** The loss of a prediction. */
    enum RowLoss {
        RIDGE {
            @Override
            double value(double prediction, double label) {
                double residual = prediction - label;
                return residual * residual / 2;
            }

            @Override
            double slope(double prediction, double label) {
                return prediction - label;
            }
        },
        LOGISTIC {
            @Override
            double value(double prediction, double label) {
                double margin = label * prediction;
                return margin > 0
                        ? StrictMath.log1p(StrictMath.exp(-margin))
                        : StrictMath.log1p(StrictMath.exp(margin)) - margin;
            }

            @Override
            double slope(double prediction, double label) {
                return -label / (1 + StrictMath.exp(label * prediction));
            }
        };

        abstract double value(double prediction, double label);

        /** The derivative in the prediction. */
        abstract double slope(double prediction, double label);
    }

    private final BlockSet training;
    private final BlockSet validation;
    private final RowLoss loss;

    HyperParameters(BlockSet training, BlockSet validation, RowLoss loss) {
        if (training.columns() != validation.columns()) {
            throw new IllegalArgumentException("validation rows must have " + training.columns()
                    + " features, as the training rows, but have " + validation.columns());
        }
        this.training = training;
        this.validation = validation;
        this.loss = loss;
        if (loss == RowLoss.LOGISTIC) {
            requireSigns(training, "training");
            requireSigns(validation, "validation");
        }
    }

    /** The problem with a loss; with the square it has a quadratic lower level. */
    static HyperParameters of(BlockSet training, BlockSet validation, RowLoss loss) {
        return loss == RowLoss.RIDGE
                ? new Ridge(training, validation)
                : new HyperParameters(training, validation, loss);
    }

    private static void requireSigns(BlockSet set, String name) {
        for (int i = 0; i < set.blocks(); i++) {
            for (double label : set.block(i).labels().values()) {
                if (label != 1 && label != -1) {
                    throw new IllegalArgumentException(
                            name + " labels must be -1 or 1 for model: logistic, but one is " + label);
                }
            }
        }
    }

    @Override
    public final int upperSize() {
        return training.columns();
    }

    @Override
    public final int lowerSize() {
        return training.columns();
    }

    @Override
    public final Dependence dependence() {
        return new Dependence(false, false);
    }

    @Override
    public final long trainingRows() {
        return training.rows();
    }

    @Override
    public final long validationRows() {
        return validation.rows();
    }

    @Override
    public final int trainingBlocks() {
        return training.blocks();
    }

    @Override
    public final int validationBlocks() {
        return validation.blocks();
    }

    @Override
    public final DataBlock trainingBlock(int index) {
        return training.block(index);
    }

    @Override
    public final DataBlock validationBlock(int index) {
        return validation.block(index);
    }

    @Override
    public final double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        return addLoss(block, lower.values(), lowerInto);
    }

    @Override
    public final double addUpperLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        return addLoss(block, lower.values(), lowerInto);
    }

    private double addLoss(DataBlock block, double[] w, double[] lowerInto) {
        double[] rows = block.rowMajor();
        double[] labels = block.labels().values();
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            int offset = i * w.length;
            double prediction = RowMath.dot(rows, offset, w);
            total += loss.value(prediction, labels[i]);
            if (lowerInto.length > 0) {
                RowMath.addScaled(loss.slope(prediction, labels[i]), rows, offset, w.length, lowerInto, 0);
            }
        }
        return total;
    }

    @Override
    public final double addLowerTerm(DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double total = 0;
        for (int j = 0; j < lower.size(); j++) {
            double w = lower.values()[j];
            double pull = StrictMath.exp(upper.values()[j]) * w;
            total += pull * w / 2;
            if (upperInto.length > 0) {
                upperInto[j] += pull * w / 2;
            }
            if (lowerInto.length > 0) {
                lowerInto[j] += pull;
            }
        }
        return total;
    }

    /** The mean over training rows of what each contributes to a table. */
    final double[] trainingMean(int size, RowSum sum) {
        double[] total = new double[size];
        for (int b = 0; b < training.blocks(); b++) {
            DataBlock block = training.block(b);
            for (int i = 0; i < block.rows(); i++) {
                sum.add(block.rowMajor(), i * block.columns(), block.labels().values()[i], total);
            }
        }
        for (int k = 0; k < size; k++) {
            total[k] /= training.rows();
        }
        return total;
    }

    /** Adds what one row contributes. */
    interface RowSum {
        void add(double[] rows, int offset, double label, double[] into);
    }
}
