package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;

/** The data sets of a family: those that the settings name, else generated ones. */
final class DataSets {

    static final Parameter TRAINING =
            Parameter.dataSet("training", "Data set of the training rows; without it, rows are generated.");
    static final Parameter VALIDATION =
            Parameter.dataSet("validation", "Data set of the validation rows; give it together with training.");

    private DataSets() {}

    /** Fills the features of generated row number {@code row}, which are standing from {@code at} on, and returns its label. */
    @FunctionalInterface
    interface RowMaker {
        double fill(int row, RandomStream random, double[] features, int at);
    }

    /**
     * Opens all data sets or generates them, rows by their address.
     *
     * @param names the keys of the data sets, {@code training} first
     */
    static List<BlockSet> of(Settings settings, BlockSource source, List<String> names, RowMaker maker) {
        boolean generated = settings.text(names.get(0)).isEmpty();
        for (String name : names) {
            if (settings.text(name).isEmpty() != generated) {
                throw new IllegalArgumentException("problem.training and problem." + name
                        + " must be given together, but " + (generated ? "training" : name) + " is missing");
            }
        }
        return names.stream()
                .map(name -> generated
                        ? generate(settings, settings.count(name + "Rows"), names.indexOf(name) + 1, maker)
                        : source.open(settings.text(name)))
                .toList();
    }

    private static BlockSet generate(Settings settings, int rows, int role, RowMaker maker) {
        int n = settings.count("features");
        double[] features = new double[Math.multiplyExact(rows, n)];
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++) {
            RandomStream random = RandomStream.at(settings.whole("problemSeed"), Purpose.PROBLEM, role, i, 0, 0);
            labels[i] = maker.fill(i, random, features, i * n);
        }
        return MemoryBlocks.of(n, features, labels, settings.count("rowsPerBlock"));
    }
}
