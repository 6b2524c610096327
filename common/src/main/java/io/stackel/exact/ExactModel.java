package io.stackel.exact;

import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem in one context, ready for exact computation; immutable, so that threads may share it.
 *
 * <p>What does not depend on the upper variable is prepared once. {@link #at} adds the tables at an upper variable, and
 * there are the values, gradients, penalties and hypergradients.
 */
public final class ExactModel {

    private final ContextGame prepared;

    /** Prepares a context of a problem, in [0, contexts). */
    public ExactModel(FiniteProblem problem, int context) {
        prepared = ContextGame.of(problem, context);
    }

    /** The problem with its tables at an upper variable of length m. */
    public ExactPoint at(DenseVector upper) {
        if (upper.size() != prepared.problem().upperSize()) {
            throw new IllegalArgumentException(
                    "upper must have " + prepared.problem().upperSize() + " values, but has " + upper.size());
        }
        return new ExactPoint(prepared, upper);
    }
}
