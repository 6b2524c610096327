package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteInverse;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The followers of the one-sided hypergradient of inverse reinforcement learning: number 0 is the best response, left to
 * another solver, number 1 maximises {@code J + sigma sum m(s,b) log pi(b|s)}, with m the experts' occupancy, by natural
 * steps in the game as that solver knows it:
 *
 * <pre>
 *   theta(s,.) &lt;- theta(s,.) + step / (1 + max_b k(s,b)) ( Q(s,.)/tau + k(s,.) - theta(s,.) )       k = sigma m / (tau visits pi)
 * </pre>
 *
 * <p>At its fixed point {@code tau log pi = Q + sigma m / (visits pi) - const}, which is stationarity in the logits. The
 * second term answers every step of pi by k times as much in return, hence the divisor, which keeps steps in bounds where
 * the policy hardly goes and experts do.
 *
 * @param best solver of the best response, planned or from counted transitions
 * @param sigma above 0
 */
record ImitatingLower(Frame frame, FiniteInverse problem, FollowerSolver best, double sigma) implements FollowerSolver {

    private static final int IMITATOR = 1;
    private static final double LEAST_OCCUPANCY = 1e-9;

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE, new Target(sigma, 0));
    }

    @Override
    public double[] response(State state, Target target, int context) {
        return target.equals(Target.BEST_RESPONSE)
                ? best.response(state, target, context)
                : state.real(LowerSolver.name("lower", IMITATOR, context));
    }

    @Override
    public int innerBatches() {
        return best.innerBatches();
    }

    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = best.init(upper);
        double[] start = ((Tensor.Real) tensors.get(LowerSolver.name("lower", 0, 0))).values();
        tensors.put(LowerSolver.name("lower", IMITATOR, 0), Tensor.of(start.clone()));
        return tensors;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return best.estimands(state);
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        SortedMap<String, Tensor> tensors = best.innerStep(state, result);
        return imitated(state.with(tensors), state.real("upper"), 1, tensors);
    }

    /** A planned best response has no inner batches, so that all inner steps are taken here. */
    @Override
    public SortedMap<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        SortedMap<String, Tensor> tensors = best.afterOuter(state, result, nextUpper);
        int steps = best.innerBatches() == 0 ? frame.setup().lower().innerSteps() : 0;
        return imitated(state.with(tensors), nextUpper, steps, tensors);
    }

    private SortedMap<String, Tensor> imitated(
            State state, double[] upper, int steps, SortedMap<String, Tensor> others) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(others);
        String name = LowerSolver.name("lower", IMITATOR, 0);
        if (steps > 0) {
            ExactPoint game = best.game(state, upper, 0);
            double[] theta = state.real(name);
            for (int k = 0; k < steps; k++) {
                theta = next(game, theta);
            }
            tensors.put(name, Tensor.of(theta));
        }
        return tensors;
    }

    private double[] next(ExactPoint game, double[] theta) {
        double tau = problem.entropyWeight();
        PolicyValues at = game.evaluate(
                PolicyTable.logProbabilities(problem, frame.setup().policy(), theta));
        double[] occupancy = problem.experts().occupancy();
        double[] pull = new double[theta.length];
        double[] next = theta.clone();
        int actions = problem.actions();
        for (int row = 0; row < theta.length; row += actions) {
            double largest = 0;
            for (int cell = row; cell < row + actions; cell++) {
                double own = Math.max(at.visits()[row / actions] * at.policy()[cell], LEAST_OCCUPANCY);
                pull[cell] = sigma * occupancy[cell] / (tau * own);
                largest = Math.max(largest, pull[cell]);
            }
            double step = frame.setup().lower().stepSize() / (1 + largest);
            for (int cell = row; cell < row + actions; cell++) {
                next[cell] += step * (at.q()[cell] / tau + pull[cell] - theta[cell]);
            }
        }
        return next;
    }

    @Override
    public Follower follower(State state, int number, int context) {
        return number == IMITATOR
                ? Follower.plain(state.real(LowerSolver.name("lower", IMITATOR, context)))
                : best.follower(state, number, context);
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return best.withBaselines(state, upper, parameters, context);
    }

    @Override
    public ExactPoint game(State state, double[] upper, int context) {
        return best.game(state, upper, context);
    }
}
