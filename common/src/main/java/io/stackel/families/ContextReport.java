package io.stackel.families;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.Objective;
import io.stackel.exact.Penalty;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.ExactReport.Entry;
import io.stackel.math.Softmax;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** Fills an {@link ExactReport} in one context; the keys come in the order of the format. */
final class ContextReport {

    private static final double TIE = 1e-9;
    private static final double[] COLD = {};

    private final FiniteProblem problem;
    private final ExactPoint point;
    private final double[] start;
    private final double[] lower;
    private final double sigma;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    ContextReport(FiniteProblem problem, int context, DenseVector upper, double[] lower, double sigma) {
        this.problem = problem;
        this.lower = lower;
        this.sigma = sigma;
        point = new ExactModel(problem, context).at(upper);
        start = problem.game(context).start();
    }

    /** All quantities, gradients in x with the given axes. */
    ExactReport report(int... upperShape) {
        int states = problem.states();
        int[] policyShape = {states, problem.actions()};
        boolean soft = problem.entropyWeight() > 0;
        PolicyValues at = point.evaluate(logPolicy());
        SoftOptimum best = best(0);
        addPolicy(at, policyShape, upperShape);
        if (soft) {
            add("optimal_policy", best.policy(), policyShape);
            add("optimal_q", best.q(), policyShape);
            add("optimal_value", best.valueAt(start));
        } else {
            leftOut.addAll(List.of("optimal_policy", "optimal_q", "optimal_value"));
        }
        boolean differentiable = soft || best.isUnique(TIE);
        addPenalty("value_penalty", point.valuePenalty(at, best), differentiable, policyShape, upperShape);
        Penalty bellman = point.bellmanPenalty(at, best, stateDistribution());
        addPenalty("bellman_penalty", bellman, differentiable, policyShape, upperShape);
        if (soft) {
            addObjective("hyper_objective", "hypergradient", point.hypergradient(best), upperShape);
        } else {
            leftOut.addAll(List.of("hyper_objective", "hypergradient"));
        }
        if (soft && point.hasSurrogates()) {
            SoftOptimum plus = best(sigma);
            add("surrogate_policy", plus.policy(), policyShape);
            Objective surrogate = point.oneSidedSurrogate(sigma, best, plus);
            addObjective("surrogate_objective", "surrogate_gradient", surrogate, upperShape);
        } else {
            leftOut.addAll(List.of("surrogate_policy", "surrogate_objective", "surrogate_gradient"));
        }
        return new ExactReport(entries, leftOut);
    }

    private void addPolicy(PolicyValues at, int[] policyShape, int[] upperShape) {
        add("follower_value", at.followerValue());
        add("upper_objective", at.upperObjective());
        add("visits", at.visits(), problem.states());
        add("q", at.q(), policyShape);
        Gradients follower = point.followerGradients(at);
        add("follower_grad_theta", follower.inLower(), policyShape);
        add("follower_grad_x", follower.inUpper(), upperShape);
        Gradients upper = point.upperGradients(at);
        add("upper_grad_theta", upper.inLower(), policyShape);
        add("upper_grad_x", upper.inUpper(), upperShape);
    }

    private void addPenalty(String key, Penalty penalty, boolean differentiable, int[] policyShape, int[] upperShape) {
        add(key, penalty.value());
        add(key + "_grad_theta", penalty.gradients().inLower(), policyShape);
        if (differentiable) {
            add(key + "_grad_x", penalty.gradients().inUpper(), upperShape);
        } else {
            leftOut.add(key + "_grad_x");
        }
    }

    private void addObjective(String valueKey, String gradientKey, Objective objective, int[] upperShape) {
        add(valueKey, objective.value());
        add(gradientKey, objective.gradient(), upperShape);
    }

    private void add(String key, double value) {
        entries.add(new Entry(key, new Tensor.Real(new double[] {value})));
    }

    private void add(String key, double[] values, int... shape) {
        entries.add(new Entry(key, new Tensor.Real(values, shape)));
    }

    private SoftOptimum best(double upperRewardWeight) {
        return point.best(upperRewardWeight, SoftOptimum.TO_ROUNDING, COLD);
    }

    private double[] logPolicy() {
        int actions = problem.actions();
        double[] logs = new double[lower.length];
        for (int row = 0; row < lower.length; row += actions) {
            Softmax.logProbabilities(lower, row, actions, logs);
        }
        return logs;
    }

    private double[] stateDistribution() {
        for (double p : start) {
            if (p == 0) {
                double[] even = new double[start.length];
                Arrays.fill(even, 1.0 / start.length);
                return even;
            }
        }
        return start;
    }
}
