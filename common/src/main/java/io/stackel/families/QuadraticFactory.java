package io.stackel.families;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/** Builds {@link Quadratic}; the defaults are the sizes of benchmark_bilevel's configuration for it. */
final class QuadraticFactory implements ProblemFactory {

    @Override
    public String name() {
        return "quadratic";
    }

    @Override
    public String summary() {
        return "simulated quadratics of benchmark_bilevel, whose hypergradient is known";
    }

    @Override
    public boolean fitsData() {
        return true;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("trainingRows", 32_768, Range.closed(1, 10_000_000), "rows of the lower level"),
                Parameter.whole("validationRows", 1024, Range.closed(1, 10_000_000), "rows of the upper level"),
                Parameter.whole("lowerSize", 100, Range.closed(1, 2_000), "length of w"),
                Parameter.whole("upperSize", 10, Range.closed(1, 2_000), "length of x, at most that of w"),
                Parameter.whole("rowsPerBlock", 64, Range.closed(1, 1_000_000), "rows of a block"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the rows, apart from the run's seed"));
    }

    @Override
    public Problem create(Settings settings) {
        int n = settings.count("lowerSize");
        int m = settings.count("upperSize");
        if (m > n) {
            throw new IllegalArgumentException(
                    "problem.upperSize must be at most problem.lowerSize, " + n + ", but was " + m);
        }
        return new Quadratic(new Quadratic.Settings(
                n,
                m,
                settings.count("trainingRows"),
                settings.count("validationRows"),
                settings.count("rowsPerBlock"),
                settings.whole("problemSeed")));
    }
}
