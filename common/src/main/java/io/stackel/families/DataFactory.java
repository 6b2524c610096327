package io.stackel.families;

import io.stackel.problem.BlockSource;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;

/** Builds a family of data problems on the data sets that its settings name, or on generated ones. */
interface DataFactory extends ProblemFactory {

    @Override
    default boolean fitsData() {
        return true;
    }

    @Override
    default Problem create(Settings settings) {
        return create(settings, BlockSource.none());
    }

    @Override
    Problem create(Settings settings, BlockSource data);
}
