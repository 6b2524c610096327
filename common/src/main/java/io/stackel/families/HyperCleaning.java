package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
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
 *
 * @param test clean rows that give the accuracy alone
 * @param shifts how far the class of each training row is moved, modulo C, where the lower level sees it; 0 for its own
 * @param ridge of w
 * @param startScale standard deviation of the normal parameters from which w starts
 */
record HyperCleaning(
        BlockSet training,
        BlockSet validation,
        BlockSet test,
        int[] shifts,
        Classifier model,
        double ridge,
        double startScale)
        implements RowProblem {

    /**
     * On data sets with clean labels, or generated: classes with standard normal centres times {@code separation}, rows a
     * standard normal vector from their centre, classes in turn.
     */
    static final ProblemFamily FAMILY = new ProblemFamily(
            "hyper-cleaning",
            "a weight for every training row of a classifier, which finds the rows with wrong labels",
            true,
            HyperCleaning::make,
            List.of(
                    Parameter.choice(
                            "model",
                            "linear",
                            List.of("linear", "mlp"),
                            "Classifier of the lower level: softmax regression, or a network with one hidden layer."),
                    Parameter.whole(
                            "hiddenUnits",
                            300,
                            Range.closed(1, 100_000),
                            "Width of the hidden layer; only with model: mlp."),
                    Parameter.whole(
                            "classes", 10, Range.closed(2, 100_000), "Number of classes; labels are 0 to classes - 1."),
                    Parameter.real(
                            "corruption",
                            0.5,
                            Range.closed(0, 1),
                            "Share of the training labels that are replaced by wrong ones."),
                    Parameter.real(
                            "ridge",
                            0.001,
                            Range.NON_NEGATIVE,
                            "Weight decay: ridge / 2 times the squared norm of w is added to the lower loss."),
                    Parameter.real(
                            "startScale",
                            0,
                            Range.NON_NEGATIVE,
                            "Standard deviation of the normal parameters at which w starts."),
                    RowProblem.generated("training", 1000),
                    RowProblem.generated("validation", 500),
                    RowProblem.generated("test", 1000),
                    Parameter.whole(
                            "features", 20, Range.closed(1, 100_000), "Number of features, if rows are generated."),
                    Parameter.real(
                            "separation",
                            1,
                            Range.NON_NEGATIVE,
                            "Standard deviation of the classes' centres in generated rows."),
                    Parameter.whole(
                            "rowsPerBlock",
                            50,
                            Range.closed(1, 1_000_000),
                            "Rows in a generated block, the unit of a minibatch."),
                    Parameter.whole(
                            "problemSeed",
                            0,
                            Range.FINITE,
                            "Seed of generated rows and wrong labels; the run's seed does not change them."),
                    DataSets.TRAINING,
                    DataSets.VALIDATION,
                    Parameter.dataSet("test", "Data set of the test rows; give it together with training.")));

    private static final List<String> SETS = List.of("training", "validation", "test");
    private static final int CENTRES = 0;
    private static final int CORRUPTION = 16;
    private static final double[] NOT_WANTED = {};

    private static DataProblem make(Settings settings, BlockSource source) {
        int classes = settings.count("classes");
        List<BlockSet> sets = DataSets.of(settings, source, SETS, rows(settings, classes));
        BlockSet training = sets.get(0);
        int features = training.columns();
        for (BlockSet set : sets) {
            if (set.columns() != features) {
                throw new IllegalArgumentException("data sets must have the " + features
                        + " features of problem.training, but one has " + set.columns());
            }
        }
        for (int i = 0; i < sets.size(); i++) {
            requireLabels(SETS.get(i), sets.get(i), classes);
        }
        boolean linear = settings.text("model").equals("linear");
        double startScale = settings.real("startScale");
        if (!linear && !(startScale > 0)) {
            throw new IllegalArgumentException(
                    "problem.startScale must be above 0 for model: mlp, whose hidden units are alike at zero, but was "
                            + startScale);
        }
        List<Integer> widths =
                linear ? List.of(features, classes) : List.of(features, settings.count("hiddenUnits"), classes);
        int[] shifts = new int[Math.toIntExact(training.rows())];
        for (int row = 0; row < shifts.length; row++) {
            RandomStream random =
                    RandomStream.at(settings.whole("problemSeed"), Purpose.PROBLEM, CORRUPTION, row, 0, 0);
            shifts[row] = random.nextDouble() < settings.real("corruption") ? 1 + random.nextInt(classes - 1) : 0;
        }
        return new HyperCleaning(
                training, sets.get(1), sets.get(2), shifts, new Classifier(widths), settings.real("ridge"), startScale);
    }

    /** Rows are read only where a label is wrong, to name it. */
    private static void requireLabels(String name, BlockSet set, int classes) {
        if (set.labels().areWhole(0, classes - 1)) {
            return;
        }
        for (int b = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            for (int i = 0; i < block.rows(); i++) {
                double label = block.labels().values()[i];
                if (!(label >= 0 && label < classes && label == (int) label)) {
                    throw new IllegalArgumentException(name + " labels must be whole numbers from 0 to " + (classes - 1)
                            + ", but that of row " + (block.firstRow() + i) + " is " + label);
                }
            }
        }
    }

    private static DataSets.RowMaker rows(Settings settings, int classes) {
        int n = settings.count("features");
        double[] centres = new double[Math.multiplyExact(classes, n)];
        for (int c = 0; c < classes; c++) {
            RandomStream random = RandomStream.at(settings.whole("problemSeed"), Purpose.PROBLEM, CENTRES, c, 0, 0);
            for (int j = 0; j < n; j++) {
                centres[c * n + j] = settings.real("separation") * random.nextGaussian();
            }
        }
        return (row, random, features, at) -> {
            int label = row % classes;
            for (int j = 0; j < n; j++) {
                features[at + j] = centres[label * n + j] + random.nextGaussian();
            }
            return label;
        };
    }

    @Override
    public int upperSize() {
        return Math.toIntExact(training.rows());
    }

    @Override
    public int lowerSize() {
        return model.parameters();
    }

    @Override
    public DenseVector lowerStart(RandomStream random) {
        int size = model.parameters();
        return startScale > 0 ? RandomTables.normal(random, size, startScale) : new DenseVector(new double[size]);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(true, false);
    }

    @Override
    public double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        return addLoss(block, true, upper.values(), lower.values(), upperInto, lowerInto);
    }

    @Override
    public double addUpperLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        return addLoss(block, false, upper.values(), lower.values(), NOT_WANTED, lowerInto);
    }

    /** Training rows are weighed and have the labels that are shown. */
    private double addLoss(
            DataBlock block, boolean training, double[] x, double[] w, double[] upperInto, double[] lowerInto) {
        Classifier.Pass pass = model.pass(w);
        double total = 0;
        for (int i = 0; i < block.rows(); i++) {
            int row = (int) block.firstRow() + i;
            double weight = training ? 1 / (1 + StrictMath.exp(-x[row])) : 1;
            int label = training ? shownLabel(block, i) : label(block, i);
            double loss = pass.loss(block.rowMajor(), i * block.columns(), label);
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

    /** With probability {@code corruption} one of the other classes, each as likely. */
    private int shownLabel(DataBlock block, int row) {
        return (label(block, row) + shifts[(int) block.firstRow() + row]) % model.classes();
    }

    private static int label(DataBlock block, int row) {
        return (int) block.labels().values()[row];
    }

    @Override
    public double addLowerTerm(DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double[] w = lower.values();
        for (int j = 0; j < lowerInto.length; j++) {
            lowerInto[j] += ridge * w[j];
        }
        return ridge * VectorMath.normSquared(w) / 2;
    }

    /**
     * {@code testAccuracy}, the share of test rows that w classifies rightly; {@code cleaningPrecision}, {@code
     * cleaningRecall} and {@code cleaningF1} of the corrupted rows that x finds.
     */
    @Override
    public SortedMap<String, Double> figures(DenseVector upper, DenseVector lower, double testScore) {
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("testAccuracy", testScore / test.rows());
        long found = 0;
        long corrupted = 0;
        long both = 0;
        for (int row = 0; row < shifts.length; row++) {
            boolean out = upper.values()[row] < 0;
            boolean wrong = shifts[row] != 0;
            found += out ? 1 : 0;
            corrupted += wrong ? 1 : 0;
            both += out && wrong ? 1 : 0;
        }
        figures.put("cleaningPrecision", share(both, found));
        figures.put("cleaningRecall", share(both, corrupted));
        figures.put("cleaningF1", share(2 * both, found + corrupted));
        return figures;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }

    @Override
    public int testBlocks() {
        return test.blocks();
    }

    @Override
    public DataBlock testBlock(int index) {
        return test.block(index);
    }

    /** The rows that w classifies rightly. */
    @Override
    public double testScore(DataBlock block, DenseVector upper, DenseVector lower) {
        Classifier.Pass pass = model.pass(lower.values());
        long right = 0;
        for (int i = 0; i < block.rows(); i++) {
            int label = label(block, i);
            pass.loss(block.rowMajor(), i * block.columns(), label);
            right += pass.prediction() == label ? 1 : 0;
        }
        return right;
    }
}
