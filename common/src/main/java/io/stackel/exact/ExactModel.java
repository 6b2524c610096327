package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem in one context, ready for exact computation; immutable, so that threads may share it.
 *
 * <p>What does not depend on the upper variable is prepared once. {@link #at} adds the tables at an upper variable, and
 * there are the values, gradients, penalties and hypergradients.
 */
public final class ExactModel {

    final FiniteProblem problem;
    final int context;
    final MarkovGame game;
    private final LeaderAverage average;

    /** Prepares a context of a problem, in [0, contexts). */
    public ExactModel(FiniteProblem problem, int context) {
        this.problem = problem;
        this.context = context;
        game = problem.game(context);
        average = new LeaderAverage(game);
    }

    /** The problem with its tables at an upper variable of length m. */
    public ExactPoint at(DenseVector upper) {
        if (upper.size() != problem.upperSize()) {
            throw new IllegalArgumentException(
                    "upper must have " + problem.upperSize() + " values, but has " + upper.size());
        }
        return new ExactPoint(this, upper);
    }

    /** The transitions at an upper variable: the prepared ones, unless they depend on it. */
    LeaderAverage average(DenseVector upper) {
        return problem.dependence().transitions() ? new LeaderAverage(problem.game(upper, context)) : average;
    }
}
