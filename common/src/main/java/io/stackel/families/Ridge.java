package io.stackel.families;

import io.stackel.math.RowMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.QuadraticLower;
import org.apache.spark.ml.linalg.DenseVector;

/** {@link HyperParameters} of ridge regression: H(x) = mean a a' + diag(exp x), b = -mean a label. */
final class Ridge extends HyperParameters implements QuadraticLower {

    private final double[] gram;
    private final double[] moment;

    Ridge(BlockSet training, BlockSet validation) {
        super(training, validation, RowLoss.RIDGE);
        int n = training.columns();
        gram = trainingMean(n * n, (rows, offset, label, into) -> {
            for (int i = 0; i < n; i++) {
                RowMath.addScaled(rows[offset + i], rows, offset, n, into, i * n);
            }
        });
        moment = trainingMean(n, (rows, offset, label, into) -> RowMath.addScaled(label, rows, offset, n, into, 0));
    }

    @Override
    public void lowerCurvature(DenseVector upper, double[] into) {
        System.arraycopy(gram, 0, into, 0, gram.length);
        int n = moment.length;
        for (int j = 0; j < n; j++) {
            into[j * n + j] += StrictMath.exp(upper.values()[j]);
        }
    }

    @Override
    public void lowerSlope(DenseVector upper, double[] into) {
        for (int j = 0; j < moment.length; j++) {
            into[j] = -moment[j];
        }
    }

    @Override
    public void addMixedPullback(DenseVector upper, DenseVector lower, double[] weights, double[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += weights[j] * StrictMath.exp(upper.values()[j]) * lower.values()[j];
        }
    }
}
