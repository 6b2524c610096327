package io.stackel.families;

import io.stackel.exact.Gradients;
import io.stackel.exact.Objective;
import io.stackel.exact.Penalty;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.families.ExactReport.Entry;
import io.stackel.math.Tensor;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The exact quantities of a zero-sum problem in one context, at x and both players' logits. Without entropy the
 * equilibrium and what follows from it are left out, and the gap's gradients unless both best responses are unique.
 */
final class ZeroSumReport {

    /** The keys of the problem file format. */
    static final Set<String> FILE_KEYS = Set.of(
            "value",
            "best_response_1",
            "best_response_2",
            "nikaido_isoda_gap",
            "gap_grad_x",
            "gap_grad_theta_1",
            "gap_grad_theta_2");

    private static final double TIE = 1e-9;
    private static final double[] COLD = {};

    private final ZeroSumProblem problem;
    private final TwoPlayerSoftmax policy;
    private final ZeroSumPoint point;
    private final ZeroSumProfile profile;
    private final int[] upperShape;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * Reports on the game at x and both policies.
     *
     * @param lower theta_1, S x A, followed by theta_2, S x B
     * @param upperShape the axes of gradients in x
     */
    ZeroSumReport(ZeroSumProblem problem, int context, DenseVector upper, double[] lower, int... upperShape) {
        this.problem = problem;
        this.upperShape = upperShape;
        policy = new TwoPlayerSoftmax(problem.states(), problem.firstActions(), problem.secondActions());
        point = new ZeroSumModel(problem, context).at(upper);
        profile = point.profile(policy.playersLogs(lower));
    }

    ExactReport report() {
        boolean soft = problem.entropyWeight() > 0;
        SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
        SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
        add("value", profile.value());
        add("best_response_1", first.policy(), problem.states(), problem.firstActions());
        add("best_response_2", second.policy(), problem.states(), problem.secondActions());
        Penalty gap = profile.nikaidoIsoda(first, second);
        add("nikaido_isoda_gap", gap.value());
        if (soft || (first.isUnique(TIE) && second.isUnique(TIE))) {
            addGradients("gap", gap.gradients());
        } else {
            leftOut.addAll(List.of("gap_grad_x", "gap_grad_theta_1", "gap_grad_theta_2"));
        }
        add("upper_objective", profile.upperObjective());
        addGradients("upper", profile.upperGradients());
        if (soft) {
            addEquilibrium();
        } else {
            leftOut.addAll(
                    List.of("equilibrium_1", "equilibrium_2", "equilibrium_value", "hyper_objective", "hypergradient"));
        }
        return new ExactReport(entries, leftOut);
    }

    private void addEquilibrium() {
        SoftEquilibrium equilibrium = point.equilibrium(SoftOptimum.TO_ROUNDING, COLD);
        double[] probabilities = equilibrium.logs().clone();
        Arrays.setAll(probabilities, i -> StrictMath.exp(equilibrium.logs()[i]));
        addPlayers("equilibrium_1", "equilibrium_2", probabilities);
        add("equilibrium_value", point.profile(equilibrium.logs()).value());
        Objective objective = point.hypergradient(equilibrium);
        add("hyper_objective", objective.value());
        add("hypergradient", objective.gradient(), upperShape);
    }

    private void addGradients(String of, Gradients gradients) {
        add(of + "_grad_x", gradients.inUpper(), upperShape);
        addPlayers(of + "_grad_theta_1", of + "_grad_theta_2", gradients.inLower());
    }

    private void addPlayers(String first, String second, double[] both) {
        add(first, Arrays.copyOf(both, policy.secondOffset()), problem.states(), problem.firstActions());
        add(
                second,
                Arrays.copyOfRange(both, policy.secondOffset(), both.length),
                problem.states(),
                problem.secondActions());
    }

    private void add(String key, double value) {
        entries.add(new Entry(key, new Tensor.Real(new double[] {value})));
    }

    private void add(String key, double[] values, int... shape) {
        entries.add(new Entry(key, new Tensor.Real(values, shape)));
    }
}
