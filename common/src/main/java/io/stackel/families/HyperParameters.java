package io.stackel.families;

import io.stackel.math.Logistic;
import io.stackel.math.RowMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.problem.LabelSummary;
import io.stackel.problem.Parameter;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
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
class HyperParameters implements RowProblem {

    /**
     * On data sets, or generated: standard normal features, of which the even ones have a standard normal coefficient and
     * the odd ones none; the label is the combination plus noise, or its sign.
     */
    static final ProblemFamily FAMILY = new ProblemFamily(
            "hyper-parameters",
            "one regularisation weight a feature of a ridge or logistic regression, chosen by validation loss",
            true,
            HyperParameters::make,
            List.of(
                    Parameter.choice("model", "ridge", List.of("ridge", "logistic"), "Regression of the lower level."),
                    RowProblem.generated("training", 200),
                    RowProblem.generated("validation", 200),
                    Parameter.whole(
                            "features", 20, Range.closed(1, 10_000), "Number of features, if rows are generated."),
                    Parameter.real(
                            "noise", 1, Range.NON_NEGATIVE, "Standard deviation of the noise in generated labels."),
                    Parameter.whole(
                            "rowsPerBlock",
                            16,
                            Range.closed(1, 1_000_000),
                            "Rows in a generated block, the unit of a minibatch."),
                    Parameter.whole(
                            "problemSeed",
                            0,
                            Range.FINITE,
                            "Seed of generated rows; the run's seed does not change them."),
                    DataSets.TRAINING,
                    DataSets.VALIDATION));

    /** The loss of a prediction and a label, and its derivative in the prediction. */
    record RowLoss(DoubleBinaryOperator value, DoubleBinaryOperator slope) {

        static final RowLoss RIDGE = new RowLoss(
                (prediction, label) -> (prediction - label) * (prediction - label) / 2,
                (prediction, label) -> prediction - label);
        static final RowLoss LOGISTIC = new RowLoss(
                (prediction, label) -> Logistic.softplus(-label * prediction),
                (prediction, label) -> -label / (1 + StrictMath.exp(label * prediction)));
    }

    private static final int COEFFICIENTS = 0;

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
        if (loss.equals(RowLoss.LOGISTIC)) {
            requireSigns(training, "training");
            requireSigns(validation, "validation");
        }
    }

    private static DataProblem make(Settings settings, BlockSource data) {
        RowLoss loss = settings.text("model").equals("ridge") ? RowLoss.RIDGE : RowLoss.LOGISTIC;
        RandomStream coefficients =
                RandomStream.at(settings.whole("problemSeed"), Purpose.PROBLEM, COEFFICIENTS, 0, 0, 0);
        double[] truth = new double[settings.count("features")];
        for (int j = 0; j < truth.length; j++) {
            double normal = coefficients.nextGaussian();
            truth[j] = j % 2 == 0 ? normal : 0;
        }
        List<BlockSet> sets =
                DataSets.of(settings, data, List.of("training", "validation"), (row, random, features, at) -> {
                    double value = 0;
                    for (int j = 0; j < truth.length; j++) {
                        features[at + j] = random.nextGaussian();
                        value += truth[j] * features[at + j];
                    }
                    value += settings.real("noise") * random.nextGaussian();
                    return loss.equals(RowLoss.RIDGE) ? value : value < 0 ? -1 : 1;
                });
        return of(sets.get(0), sets.get(1), loss);
    }

    /** The problem with a loss; with the square it has a quadratic lower level. */
    static HyperParameters of(BlockSet training, BlockSet validation, RowLoss loss) {
        return loss.equals(RowLoss.RIDGE)
                ? new Ridge(training, validation)
                : new HyperParameters(training, validation, loss);
    }

    /** Rows are read only where a label is wrong, to name it. */
    private static void requireSigns(BlockSet set, String name) {
        LabelSummary labels = set.labels();
        if (labels.areWhole(-1, 1) && !labels.counts().containsKey(0.0)) {
            return;
        }
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
    public final BlockSet training() {
        return training;
    }

    @Override
    public final BlockSet validation() {
        return validation;
    }

    @Override
    public final double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double[] w = lower.values();
        double[] rows = block.rowMajor();
        double[] labels = block.labels().values();
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            int offset = i * w.length;
            double prediction = RowMath.dot(rows, offset, w);
            total += loss.value().applyAsDouble(prediction, labels[i]);
            if (lowerInto.length > 0) {
                RowMath.addScaled(
                        loss.slope().applyAsDouble(prediction, labels[i]), rows, offset, w.length, lowerInto, 0);
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

    /** Ridge regression: H(x) = mean a a' + diag(exp x), b = -mean a label. */
    private static final class Ridge extends HyperParameters implements QuadraticLower {

        /** The means of a a' and of a label, which only the driver asks for. */
        private Optional<Moments> moments = Optional.empty();

        /**
         * Means over the training rows.
         *
         * @param gram of a a', n x n, row-major
         * @param slope of a label, length n
         */
        private record Moments(double[] gram, double[] slope) {

            static Moments of(BlockSet training) {
                int n = training.columns();
                double[] gram = new double[n * n];
                double[] slope = new double[n];
                for (int b = 0; b < training.blocks(); b++) {
                    DataBlock block = training.block(b);
                    double[] rows = block.rowMajor();
                    for (int row = 0; row < block.rows(); row++) {
                        for (int i = 0; i < n; i++) {
                            RowMath.addScaled(rows[row * n + i], rows, row * n, n, gram, i * n);
                        }
                        RowMath.addScaled(block.labels().values()[row], rows, row * n, n, slope, 0);
                    }
                }
                Arrays.setAll(gram, i -> gram[i] / training.rows());
                Arrays.setAll(slope, j -> slope[j] / training.rows());
                return new Moments(gram, slope);
            }
        }

        Ridge(BlockSet training, BlockSet validation) {
            super(training, validation, RowLoss.RIDGE);
        }

        /** A pass over the training rows at the first call. */
        private synchronized Moments moments() {
            Moments known = moments.orElseGet(() -> Moments.of(training()));
            moments = Optional.of(known);
            return known;
        }

        @Override
        public void lowerCurvature(DenseVector upper, double[] into) {
            double[] gram = moments().gram();
            System.arraycopy(gram, 0, into, 0, gram.length);
            int n = upper.size();
            for (int j = 0; j < n; j++) {
                into[j * n + j] += StrictMath.exp(upper.values()[j]);
            }
        }

        @Override
        public void lowerSlope(DenseVector upper, double[] into) {
            double[] slope = moments().slope();
            Arrays.setAll(into, j -> -slope[j]);
        }

        @Override
        public void addMixedPullback(DenseVector upper, DenseVector lower, double[] weights, double[] into) {
            for (int j = 0; j < into.length; j++) {
                into[j] += weights[j] * StrictMath.exp(upper.values()[j]) * lower.values()[j];
            }
        }
    }
}
