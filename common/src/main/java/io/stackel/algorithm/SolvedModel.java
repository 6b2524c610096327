package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.exact.ExactFit;
import io.stackel.math.Tensor;
import io.stackel.problem.QuadraticLower;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

    @Override
    public int innerBatches() {
        return 0;
    }

    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        return new TreeMap<>();
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of();
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        return new TreeMap<>();
    }

    @Override
    public SortedMap<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        return new TreeMap<>();
    }

    @Override
    public Follower follower(State state, int number, int context) {
        return Follower.plain(response(state, Target.BEST_RESPONSE, context));
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return Follower.plain(parameters);
    }
}
