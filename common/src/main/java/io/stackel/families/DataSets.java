package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.function.Supplier;

/**
 * Training and validation data of a family: the data sets that the settings name, else generated ones.
 *
 * @param training rows of the lower level
 * @param validation rows of the upper level
 */
record DataSets(BlockSet training, BlockSet validation) {

    /** The keys that name data sets. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.dataSet("training", "URI of the training data set; without it, data are generated"),
            Parameter.dataSet("validation", "URI of the validation data set; given exactly if training is"));

    /** Opens or generates both. */
    static DataSets of(
            Settings settings, BlockSource source, Supplier<BlockSet> training, Supplier<BlockSet> validation) {
        String first = settings.text("training");
        String second = settings.text("validation");
        if (first.isEmpty() != second.isEmpty()) {
            throw new IllegalArgumentException("problem.training and problem.validation must be given together, but "
                    + (first.isEmpty() ? "training" : "validation") + " is missing");
        }
        return first.isEmpty()
                ? new DataSets(training.get(), validation.get())
                : new DataSets(source.open(first), source.open(second));
    }
}
