package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.random.RandomStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A weight for every training row, some of whose labels are wrong, chosen by the loss on clean data:
 *
 * <pre>
 *   lower:  g(x, w) = (1/N) sum_i s(x_i) loss(w; row i)  +  ridge/2 |w|^2,     s(x) = 1 / (1 + exp(-x))
 *   upper:  f(w)    = mean over validation rows of loss(w; row)
 * </pre>
 *
 * <p>x has one logit a training row and starts at zero; labels are classes 0 ... C-1. A row counts as found to be corrupted
 * where its weight is below 1/2. Source: Shen and Chen, "On penalty-based bilevel gradient descent method", ICML 2023.
 */
final class HyperCleaning implements DataProblem {

    private final Data data;
    private final CorruptedLabels labels;
    private final Classifier model;
    private final double ridge;
    private final double startScale;

    /**
     * The rows.
     *
     * @param test clean rows that give the accuracy alone
     */
    record Data(BlockSet training, BlockSet validation, BlockSet test) {}

    /**
     * Poses the problem on {@code data}, with corrupted labels of the training rows.
     *
     * @param labels of the training rows, as the lower level sees them
     * @param ridge of w
     * @param startScale standard deviation of the normal parameters from which w starts
     */
    HyperCleaning(Data data, CorruptedLabels labels, Classifier model, double ridge, double startScale) {
        this.data = data;
        this.labels = labels;
        this.model = model;
        this.ridge = ridge;
        this.startScale = startScale;
    }

    @Override
    public int upperSize() {
        return Math.toIntExact(data.training().rows());
    }

    @Override
    public int lowerSize() {
        return model.parameters();
    }

    @Override
    public DenseVector lowerStart(RandomStream random) {
        double[] start = new double[model.parameters()];
        for (int i = 0; i < start.length && startScale > 0; i++) {
            start[i] = startScale * random.nextGaussian();
        }
        return new DenseVector(start);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(true, false);
    }

    @Override
    public long trainingRows() {
        return data.training().rows();
    }

    @Override
    public long validationRows() {
        return data.validation().rows();
    }

    @Override
    public int trainingBlocks() {
        return data.training().blocks();
    }

    @Override
    public int validationBlocks() {
        return data.validation().blocks();
    }

    @Override
    public DataBlock trainingBlock(int index) {
        return data.training().block(index);
    }

    @Override
    public DataBlock validationBlock(int index) {
        return data.validation().block(index);
    }

    @Override
    public double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        Classifier.Pass pass = model.pass(lower.values());
        double total = 0;
        for (int i = 0; i < block.rows(); i++) {
            int row = (int) block.firstRow() + i;
            double weight = 1 / (1 + StrictMath.exp(-upper.values()[row]));
            double loss = pass.loss(block.rowMajor(), i * block.columns(), labels.of(block, i));
            total += weight * loss;
            if (upperInto.length > 0) {
                upperInto[row] += weight * (1 - weight) * loss;
            }
            if (lowerInto.length > 0) {
                pass.addGradient(weight, lowerInto);
            }
        }
        return total;
    }

    @Override
    public double addUpperLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        Classifier.Pass pass = model.pass(lower.values());
        double total = 0;
        for (int i = 0; i < block.rows(); i++) {
            total += pass.loss(block.rowMajor(), i * block.columns(), label(block, i));
            if (lowerInto.length > 0) {
                pass.addGradient(1, lowerInto);
            }
        }
        return total;
    }

    private static int label(DataBlock block, int row) {
        return (int) block.labels().values()[row];
    }

    @Override
    public double addLowerTerm(DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double[] w = lower.values();
        double total = 0;
        for (int j = 0; j < w.length; j++) {
            total += w[j] * w[j];
        }
        for (int j = 0; j < lowerInto.length; j++) {
            lowerInto[j] += ridge * w[j];
        }
        return ridge * total / 2;
    }

    /**
     * {@code testAccuracy}, the share of test rows that w classifies rightly; {@code cleaningPrecision}, {@code
     * cleaningRecall} and {@code cleaningF1} of the corrupted rows that x finds.
     */
    @Override
    public SortedMap<String, Double> figures(DenseVector upper, DenseVector lower) {
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("testAccuracy", accuracy(lower.values()));
        long found = 0;
        long corrupted = 0;
        long both = 0;
        for (int b = 0; b < data.training().blocks(); b++) {
            DataBlock block = data.training().block(b);
            for (int i = 0; i < block.rows(); i++) {
                boolean out = upper.values()[(int) block.firstRow() + i] < 0;
                boolean wrong = labels.of(block, i) != label(block, i);
                found += out ? 1 : 0;
                corrupted += wrong ? 1 : 0;
                both += out && wrong ? 1 : 0;
            }
        }
        figures.put("cleaningPrecision", share(both, found));
        figures.put("cleaningRecall", share(both, corrupted));
        figures.put("cleaningF1", share(2 * both, found + corrupted));
        return figures;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }

    private double accuracy(double[] w) {
        Classifier.Pass pass = model.pass(w);
        long right = 0;
        for (int b = 0; b < data.test().blocks(); b++) {
            DataBlock block = data.test().block(b);
            for (int i = 0; i < block.rows(); i++) {
                int label = label(block, i);
                pass.loss(block.rowMajor(), i * block.columns(), label);
                right += pass.prediction() == label ? 1 : 0;
            }
        }
        return right / (double) data.test().rows();
    }
}
