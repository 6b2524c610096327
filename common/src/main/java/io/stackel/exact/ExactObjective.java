package io.stackel.exact;

import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem's exact quantities averaged over its contexts, all of the same weight; immutable. */
public final class ExactObjective {

    private final List<ExactModel> models;

    /** Prepares every context of a problem. */
    public ExactObjective(FiniteProblem problem) {
        models = IntStream.range(0, problem.contexts())
                .mapToObj(context -> new ExactModel(problem, context))
                .toList();
    }

    /** All contexts at an upper variable. */
    public AveragePoint at(DenseVector upper) {
        return new AveragePoint(models.stream().map(model -> model.at(upper)).toList());
    }
}
