package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds {@link HyperParameters} on data sets, or generates data: standard normal features, of which the even ones have a
 * standard normal coefficient and the odd ones none; the label is the combination plus noise, or its sign.
 */
final class HyperParametersFactory implements DataFactory {

    private static final int COEFFICIENTS = 0;
    private static final int TRAINING = 1;
    private static final int VALIDATION = 2;

    @Override
    public String name() {
        return "hyper-parameters";
    }

    @Override
    public String summary() {
        return "one regularisation weight a feature of a ridge or logistic regression, chosen by validation loss";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.choice("model", "ridge", List.of("ridge", "logistic"), "the lower level's regression"),
                Parameter.whole("trainingRows", 200, Range.closed(1, 10_000_000), "generated training rows"),
                Parameter.whole("validationRows", 200, Range.closed(1, 10_000_000), "generated validation rows"),
                Parameter.whole("features", 20, Range.closed(1, 10_000), "generated features"),
                Parameter.real("noise", 1, Range.NON_NEGATIVE, "standard deviation of the generated noise"),
                Parameter.whole("rowsPerBlock", 16, Range.closed(1, 1_000_000), "rows of a generated block"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the data, apart from the run's seed")));
        parameters.addAll(DataSets.PARAMETERS);
        return parameters;
    }

    @Override
    public Problem create(Settings settings, BlockSource data) {
        HyperParameters.RowLoss loss =
                HyperParameters.RowLoss.valueOf(settings.text("model").toUpperCase(Locale.ROOT));
        DataSets sets = DataSets.of(
                settings,
                data,
                () -> generate(settings, loss, TRAINING, settings.count("trainingRows")),
                () -> generate(settings, loss, VALIDATION, settings.count("validationRows")));
        return HyperParameters.of(sets.training(), sets.validation(), loss);
    }

    private static BlockSet generate(Settings settings, HyperParameters.RowLoss loss, int role, int rows) {
        int n = settings.count("features");
        long seed = settings.whole("problemSeed");
        RandomStream coefficients = RandomStream.at(seed, Purpose.PROBLEM, COEFFICIENTS, 0, 0, 0);
        double[] truth = new double[n];
        for (int j = 0; j < n; j++) {
            double normal = coefficients.nextGaussian();
            truth[j] = j % 2 == 0 ? normal : 0;
        }
        double[] features = new double[Math.multiplyExact(rows, n)];
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++) {
            RandomStream random = RandomStream.at(seed, Purpose.PROBLEM, role, i, 0, 0);
            double value = 0;
            for (int j = 0; j < n; j++) {
                features[i * n + j] = random.nextGaussian();
                value += truth[j] * features[i * n + j];
            }
            value += settings.real("noise") * random.nextGaussian();
            labels[i] = loss == HyperParameters.RowLoss.RIDGE ? value : value < 0 ? -1 : 1;
        }
        return MemoryBlocks.of(n, features, labels, settings.count("rowsPerBlock"));
    }
}
