package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem in one context, with what does not depend on the upper variable.
 *
 * @param average the prepared transitions, which are those of the problem unless they depend on the upper variable
 */
record ContextGame(FiniteProblem problem, int context, MarkovGame game, LeaderAverage average) {

    static ContextGame of(FiniteProblem problem, int context) {
        MarkovGame game = problem.game(context);
        return new ContextGame(problem, context, game, new LeaderAverage(game));
    }

    /** The transitions at an upper variable. */
    LeaderAverage average(DenseVector upper) {
        return problem.dependence().transitions() ? new LeaderAverage(problem.game(upper, context)) : average;
    }
}
