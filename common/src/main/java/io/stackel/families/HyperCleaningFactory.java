package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataBlock;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds {@link HyperCleaning} on data sets with clean labels, or generates data: classes with standard normal centres
 * times {@code separation}, rows a standard normal vector from their centre, classes in turn.
 */
final class HyperCleaningFactory implements DataFactory {

    private static final int CENTRES = 0;
    private static final int TRAINING = 1;
    private static final int VALIDATION = 2;
    private static final int TEST = 3;

    @Override
    public String name() {
        return "hyper-cleaning";
    }

    @Override
    public String summary() {
        return "a weight for every training row of a classifier, which finds the rows with wrong labels";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.choice("model", "linear", List.of("linear", "mlp"), "softmax regression, or a hidden layer"),
                Parameter.whole("hiddenUnits", 300, Range.closed(1, 100_000), "hidden units of model: mlp"),
                Parameter.whole(
                        "classes", 10, Range.closed(2, 100_000), "number of classes; labels are 0 to classes - 1"),
                Parameter.real("corruption", 0.5, Range.closed(0, 1), "share of training labels made wrong"),
                Parameter.real("ridge", 0.001, Range.NON_NEGATIVE, "half of it times |w|^2 is added to the lower loss"),
                Parameter.real("startScale", 0, Range.NON_NEGATIVE, "standard deviation of the starting parameters"),
                Parameter.whole("trainingRows", 1000, Range.closed(1, 10_000_000), "generated training rows"),
                Parameter.whole("validationRows", 500, Range.closed(1, 10_000_000), "generated validation rows"),
                Parameter.whole("testRows", 1000, Range.closed(1, 10_000_000), "generated test rows"),
                Parameter.whole("features", 20, Range.closed(1, 100_000), "generated features"),
                Parameter.real("separation", 1, Range.NON_NEGATIVE, "standard deviation of the generated centres"),
                Parameter.whole("rowsPerBlock", 50, Range.closed(1, 1_000_000), "rows of a generated block"),
                Parameter.whole(
                        "problemSeed", 0, Range.FINITE, "seed of data and corruption, apart from the run's seed")));
        parameters.addAll(DataSets.PARAMETERS);
        parameters.add(Parameter.dataSet("test", "URI of the test data set; given exactly if training is"));
        return parameters;
    }

    @Override
    public Problem create(Settings settings, BlockSource source) {
        int classes = settings.count("classes");
        HyperCleaning.Data data = data(settings, source);
        requireLabels("training", data.training(), classes);
        requireLabels("validation", data.validation(), classes);
        requireLabels("test", data.test(), classes);
        int features = data.training().columns();
        Classifier model = settings.text("model").equals("linear")
                ? new LinearClassifier(features, classes)
                : new NetworkClassifier(features, settings.count("hiddenUnits"), classes);
        if (settings.text("model").equals("mlp") && !(settings.real("startScale") > 0)) {
            throw new IllegalArgumentException(
                    "problem.startScale must be above 0 for model: mlp, whose hidden units are"
                            + " alike at zero, but was " + settings.real("startScale"));
        }
        CorruptedLabels labels = CorruptedLabels.draw(
                settings.real("corruption"),
                classes,
                Math.toIntExact(data.training().rows()),
                settings.whole("problemSeed"));
        return new HyperCleaning(data, labels, model, settings.real("ridge"), settings.real("startScale"));
    }

    private static HyperCleaning.Data data(Settings settings, BlockSource source) {
        String test = settings.text("test");
        DataSets sets = DataSets.of(
                settings,
                source,
                () -> generate(settings, TRAINING, settings.count("trainingRows")),
                () -> generate(settings, VALIDATION, settings.count("validationRows")));
        if (test.isEmpty() != settings.text("training").isEmpty()) {
            throw new IllegalArgumentException("problem.training and problem.test must be given together, but "
                    + (test.isEmpty() ? "test" : "training") + " is missing");
        }
        BlockSet testRows = test.isEmpty() ? generate(settings, TEST, settings.count("testRows")) : source.open(test);
        for (BlockSet set : List.of(sets.validation(), testRows)) {
            if (set.columns() != sets.training().columns()) {
                throw new IllegalArgumentException("data sets must have the "
                        + sets.training().columns() + " features of problem.training, but one has " + set.columns());
            }
        }
        return new HyperCleaning.Data(sets.training(), sets.validation(), testRows);
    }

    private static void requireLabels(String name, BlockSet set, int classes) {
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

    private static BlockSet generate(Settings settings, int role, int rows) {
        int n = settings.count("features");
        int classes = settings.count("classes");
        long seed = settings.whole("problemSeed");
        double[] centres = new double[Math.multiplyExact(classes, n)];
        for (int c = 0; c < classes; c++) {
            RandomStream random = RandomStream.at(seed, Purpose.PROBLEM, CENTRES, c, 0, 0);
            for (int j = 0; j < n; j++) {
                centres[c * n + j] = settings.real("separation") * random.nextGaussian();
            }
        }
        double[] features = new double[Math.multiplyExact(rows, n)];
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++) {
            RandomStream random = RandomStream.at(seed, Purpose.PROBLEM, role, i, 0, 0);
            int label = i % classes;
            labels[i] = label;
            for (int j = 0; j < n; j++) {
                features[i * n + j] = centres[label * n + j] + random.nextGaussian();
            }
        }
        return MemoryBlocks.of(n, features, labels, settings.count("rowsPerBlock"));
    }
}
