package io.stackel.algorithm;

import io.stackel.exact.ExactFit;
import io.stackel.problem.QuadraticLower;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The lower level of a problem with data and a quadratic lower objective, solved whenever it is asked for; it has no state.
 *
 * @param problem with the curvature
 */
record SolvedModel(QuadraticLower problem) implements LowerSolver {

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public double[] response(State state, Target target, int context) {
        return new ExactFit(problem, new DenseVector(state.real("upper"))).solution();
    }
}
