package io.stackel.families;

import io.stackel.problem.BlockSource;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.function.Function;

/** A family of problems that ships with Stackel. */
record ProblemFamily(String name, String summary, boolean fitsData, Maker maker, List<Parameter> parameters)
        implements ProblemFactory {

    /** Builds a problem. */
    @FunctionalInterface
    interface Maker {

        /** A problem of this family; {@code data} opens the data sets that its settings name. */
        Problem make(Settings settings, BlockSource data);
    }

    /** A family whose lower level samples trajectories and whose settings name no data sets. */
    static ProblemFamily of(String name, String summary, Function<Settings, Problem> maker, Parameter... parameters) {
        return new ProblemFamily(name, summary, false, (settings, data) -> maker.apply(settings), List.of(parameters));
    }

    @Override
    public Problem create(Settings settings) {
        return create(settings, BlockSource.none());
    }

    @Override
    public Problem create(Settings settings, BlockSource data) {
        return maker.make(settings, data);
    }
}
