package io.stackel.families;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.Penalty;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferencePairs;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/** The exact quantities of one follower's decision process, in one context at x and softmax logits theta. */
final class ProcessQuantities {

    private static final double TIE = 1e-9;
    private static final double[] COLD = {};

    private final FiniteProblem problem;
    private final double[] start;
    private final boolean soft;
    private final DenseVector upper;
    private final int[] policyShape;
    private final double[] logPolicy;
    private final ExactPoint point;
    private final PolicyValues at;
    private final SoftOptimum best;
    private final Quantities quantities;

    ProcessQuantities(FiniteProblem problem, int context, DenseVector upper, double[] lower, int... upperShape) {
        this.problem = problem;
        this.upper = upper;
        start = problem.game(context).start();
        soft = problem.entropyWeight() > 0;
        policyShape = new int[] {problem.states(), problem.actions()};
        logPolicy = new double[lower.length];
        for (int row = 0; row < lower.length; row += problem.actions()) {
            Softmax.logProbabilities(lower, row, problem.actions(), logPolicy);
        }
        point = new ExactModel(problem, context).at(upper);
        at = point.evaluate(logPolicy);
        best = best(0);
        quantities = new Quantities(upperShape);
    }

    /** All of them; {@code sigma} is that of the surrogate. */
    Quantities all(double sigma) {
        quantities.number("follower_value", at.followerValue());
        quantities.number("upper_objective", at.upperObjective());
        quantities.table("visits", at.visits(), problem.states());
        quantities.table("q", at.q(), policyShape);
        addGradients("follower", point.followerGradients(at));
        addGradients("upper", point.upperGradients(at));
        if (soft) {
            quantities.table("optimal_policy", best.policy(), policyShape);
            quantities.table("optimal_q", best.q(), policyShape);
            quantities.number("optimal_value", best.valueAt(start));
        } else {
            quantities.leaveOut("optimal_policy", "optimal_q", "optimal_value");
        }
        addPenalty("value_penalty", point.valuePenalty(at, best));
        boolean everywhere = Arrays.stream(start).allMatch(p -> p != 0);
        double[] states = everywhere ? start : RandomTables.even(start.length);
        addPenalty("bellman_penalty", point.bellmanPenalty(at, best, states));
        if (soft) {
            quantities.objective("hyper_objective", "hypergradient", point.hypergradient(best));
        } else {
            quantities.leaveOut("hyper_objective", "hypergradient");
        }
        if (soft && point.hasSurrogates()) {
            SoftOptimum plus = best(sigma);
            quantities.table("surrogate_policy", plus.policy(), policyShape);
            quantities.objective(
                    "surrogate_objective", "surrogate_gradient", point.oneSidedSurrogate(sigma, best, plus));
        } else {
            quantities.leaveOut("surrogate_policy", "surrogate_objective", "surrogate_gradient");
        }
        return quantities;
    }

    /**
     * Those of preferences: the loss on the pairs that came with the problem, the lower level's, the true return, and, where
     * all segments can be listed, the upper objective and the hypergradient. What needs the true reward is not there where
     * that is not known.
     */
    Quantities ofPreferences(FinitePreferences pairs) {
        Quantities result = loss(pairs, upper, quantities.upperShape());
        result.addAllBut("(upper|hyper|surrogate).*", all(1));
        if (!pairs.labelsPairs()) {
            return result;
        }
        result.number("true_return", at.upperReturn());
        if (soft) {
            result.number(
                    "true_return_at_best_response",
                    point.evaluate(best.logPolicy()).upperReturn());
        } else {
            result.leaveOut("true_return_at_best_response");
        }
        Optional<PreferenceModel> listed = PreferenceModel.of(pairs);
        if (listed.isPresent()) {
            PreferenceModel.Value value = listed.get().upperObjective(upper, logPolicy);
            result.number("upper_objective", value.value());
            result.table("upper_grad_theta", value.gradients().inLower(), policyShape);
            result.inUpper("upper_grad_x", value.gradients().inUpper());
        } else {
            result.leaveOut("upper_objective", "upper_grad_theta", "upper_grad_x");
        }
        if (listed.isPresent() && soft) {
            result.objective("hyper_objective", "hypergradient", listed.get().hypergradient(upper, best));
        } else {
            result.leaveOut("hyper_objective", "hypergradient");
        }
        return result;
    }

    /** The loss on the pairs that came with a problem, which needs no process. */
    static Quantities loss(FinitePreferences problem, DenseVector upper, int... upperShape) {
        Quantities quantities = new Quantities(upperShape);
        PreferencePairs pairs = problem.given();
        if (pairs.size() > 0) {
            double[] gradient = new double[problem.upperSize()];
            quantities.number("loss", problem.addMeanLoss(upper, pairs, gradient));
            quantities.inUpper("loss_grad_x", gradient);
        }
        return quantities;
    }

    private SoftOptimum best(double upperRewardWeight) {
        return point.best(upperRewardWeight, SoftOptimum.TO_ROUNDING, COLD);
    }

    private void addGradients(String of, Gradients gradients) {
        quantities.table(of + "_grad_theta", gradients.inLower(), policyShape);
        quantities.inUpper(of + "_grad_x", gradients.inUpper());
    }

    /** Without entropy the gradient in x exists only where the optimum is unique. */
    private void addPenalty(String key, Penalty penalty) {
        quantities.number(key, penalty.value());
        addGradients(key, penalty.gradients());
        if (!soft && !best.isUnique(TIE)) {
            quantities.values().remove(key + "_grad_x");
            quantities.leaveOut(key + "_grad_x");
        }
    }
}
