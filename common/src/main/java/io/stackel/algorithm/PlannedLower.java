package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Follower;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Tensor;
import io.stackel.policy.TabularDirect;
import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/** Followers that plan on the tables of a finite problem, warm-started at the last iteration of the same context. */
final class PlannedLower implements FollowerSolver {

    private static final double[] NONE = {};

    private final Frame frame;
    private final List<Target> targets;
    private final FiniteProblem problem;
    private final ExactModel[] models;
    private final boolean baselines;

    PlannedLower(Frame frame, List<Target> targets, FiniteProblem problem) {
        this.frame = frame;
        this.targets = targets;
        this.problem = problem;
        models = new ExactModel[problem.contexts()];
        for (int k = 0; k < models.length; k++) {
            models[k] = new ExactModel(problem, k);
        }
        baselines = frame.setup().sampling().fittedBaselines();
    }

    /** Plans every context at the starting point, so that each has a policy and a warm start. */
    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int context = 0; context < models.length; context++) {
            tensors.putAll(plan(new State(0, 0, 0, 0, 0, tensors), upper, 0, context));
        }
        return tensors;
    }

    @Override
    public SortedMap<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        long next = state.iteration() + 1;
        return plan(state, nextUpper, next, frame.context(next));
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    /** As the state has it where that is up to date, otherwise planned from the nearest plan that it has. */
    @Override
    public double[] response(State state, Target target, int context) {
        int number = targets.indexOf(target);
        if (number >= 0 && context == frame.context(state.iteration())) {
            return state.real(LowerSolver.name("lower", number, context));
        }
        double[] warm = state.real(LowerSolver.name("plan", Math.max(number, 0), context));
        double[] x = frame.upperOf(target, state.real("upper"), state.iteration());
        return parameters(models[context]
                .at(new DenseVector(x))
                .best(target.upperRewardWeight(), frame.setup().lower().tolerance(), warm));
    }

    private double[] parameters(SoftOptimum best) {
        return frame.setup().policy() instanceof TabularDirect ? best.policy() : best.logPolicy();
    }

    private SortedMap<String, Tensor> plan(State state, double[] upper, long iteration, int context) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            String plan = LowerSolver.name("plan", i, context);
            double[] warm = state.has(plan) ? state.real(plan) : NONE;
            double[] x = frame.upperOf(target, upper, iteration);
            ExactPoint point = models[context].at(new DenseVector(x));
            SoftOptimum best =
                    point.best(target.upperRewardWeight(), frame.setup().lower().tolerance(), warm);
            tensors.put(plan, Tensor.of(best.value()));
            tensors.put(LowerSolver.name("lower", i, context), Tensor.of(parameters(best)));
            if (baselines) {
                PolicyValues values = point.evaluate(best.logPolicy());
                tensors.put(LowerSolver.name("value", i, context), Tensor.of(values.value()));
                tensors.put(LowerSolver.name("upperValue", i, context), Tensor.of(values.upperValue()));
            }
        }
        return tensors;
    }

    @Override
    public Follower follower(State state, int number, int context) {
        double[] parameters = state.real(LowerSolver.name("lower", number, context));
        return baselines
                ? new Follower(
                        parameters,
                        state.real(LowerSolver.name("value", number, context)),
                        state.real(LowerSolver.name("upperValue", number, context)))
                : Follower.plain(parameters);
    }

    @Override
    public ExactPoint game(State state, double[] upper, int context) {
        return models[context].at(new DenseVector(upper));
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        if (!baselines) {
            return Follower.plain(parameters);
        }
        double[] table = PolicyTable.logProbabilities(problem, frame.setup().policy(), parameters);
        PolicyValues values = game(state, upper, context).evaluate(table);
        return new Follower(parameters, values.value(), values.upperValue());
    }
}
