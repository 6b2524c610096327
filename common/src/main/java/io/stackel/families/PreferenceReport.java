package io.stackel.families;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.ExactReport.Entry;
import io.stackel.math.Softmax;
import io.stackel.math.Tensor;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PreferencePairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The exact quantities of a preference problem at x and the policy's logits: the mean loss on the pairs that came with it,
 * the lower level's quantities, the true return, and, where all segments can be listed, the upper objective and the
 * hypergradient. What needs the true reward is not there where that is not known.
 */
final class PreferenceReport {

    private static final Set<String> LOWER_LEVEL = Set.of(
            "follower_value",
            "visits",
            "q",
            "follower_grad_theta",
            "follower_grad_x",
            "optimal_policy",
            "optimal_q",
            "optimal_value",
            "value_penalty",
            "value_penalty_grad_theta",
            "value_penalty_grad_x",
            "bellman_penalty",
            "bellman_penalty_grad_theta",
            "bellman_penalty_grad_x");

    private static final double[] COLD = {};

    private final FinitePreferences problem;
    private final DenseVector upper;
    private final double[] lower;
    private final int[] upperShape;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * Reports on the problem at x and theta.
     *
     * @param upperShape the axes of gradients in x
     */
    PreferenceReport(FinitePreferences problem, DenseVector upper, double[] lower, int... upperShape) {
        this.problem = problem;
        this.upper = upper;
        this.lower = lower;
        this.upperShape = upperShape;
    }

    /** Everything. */
    ExactReport report() {
        addLoss();
        ExactReport process = new ContextReport(problem, 0, upper, lower, 1).report(upperShape);
        process.entries().stream()
                .filter(entry -> LOWER_LEVEL.contains(entry.key()))
                .forEach(entries::add);
        process.leftOut().stream().filter(LOWER_LEVEL::contains).forEach(leftOut::add);
        boolean soft = problem.entropyWeight() > 0;
        ExactPoint point = new ExactModel(problem, 0).at(upper);
        PolicyValues at = point.evaluate(logPolicy());
        SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, COLD);
        if (!problem.labelsPairs()) {
            return new ExactReport(entries, leftOut);
        }
        add("true_return", at.upperReturn());
        if (soft) {
            add("true_return_at_best_response", point.evaluate(best.logPolicy()).upperReturn());
        } else {
            leftOut.add("true_return_at_best_response");
        }
        addObjective(PreferenceModel.of(problem), best, soft);
        return new ExactReport(entries, leftOut);
    }

    /** The loss on the pairs alone, which needs no process. */
    ExactReport loss() {
        addLoss();
        return new ExactReport(entries, leftOut);
    }

    private void addLoss() {
        PreferencePairs pairs = problem.given();
        if (pairs.size() == 0) {
            return;
        }
        double[] inUpper = new double[problem.upperSize()];
        double loss = problem.addMeanLoss(upper, pairs, inUpper);
        add("loss", loss);
        add("loss_grad_x", inUpper, upperShape);
    }

    private void addObjective(Optional<PreferenceModel> listed, SoftOptimum best, boolean soft) {
        if (listed.isEmpty()) {
            leftOut.addAll(List.of("upper_objective", "upper_grad_theta", "upper_grad_x"));
        } else {
            PreferenceModel.Value value = listed.get().upperObjective(upper, logPolicy());
            add("upper_objective", value.value());
            add("upper_grad_theta", value.gradients().inLower(), problem.states(), problem.actions());
            add("upper_grad_x", value.gradients().inUpper(), upperShape);
        }
        if (listed.isEmpty() || !soft) {
            leftOut.addAll(List.of("hyper_objective", "hypergradient"));
        } else {
            Objective objective = listed.get().hypergradient(upper, best);
            add("hyper_objective", objective.value());
            add("hypergradient", objective.gradient(), upperShape);
        }
    }

    private double[] logPolicy() {
        double[] logs = new double[lower.length];
        for (int row = 0; row < lower.length; row += problem.actions()) {
            Softmax.logProbabilities(lower, row, problem.actions(), logs);
        }
        return logs;
    }

    private void add(String key, double value) {
        entries.add(new Entry(key, new Tensor.Real(new double[] {value})));
    }

    private void add(String key, double[] values, int... shape) {
        entries.add(new Entry(key, new Tensor.Real(values, shape)));
    }
}
