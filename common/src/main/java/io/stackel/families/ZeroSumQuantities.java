package io.stackel.families;

import io.stackel.exact.Gradients;
import io.stackel.exact.Penalty;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The exact quantities of a zero-sum problem in one context, at x and both players' logits. Without entropy the
 * equilibrium and what follows from it are left out, and the gap's gradients unless both best responses are unique.
 */
record ZeroSumQuantities(ZeroSumProblem problem, TwoPlayerSoftmax policy, Quantities quantities) {

    private static final double TIE = 1e-9;
    private static final double[] COLD = {};

    /**
     * The quantities at x and both policies.
     *
     * @param lower theta_1, S x A, followed by theta_2, S x B
     * @param upperShape the axes of gradients in x
     */
    static Quantities of(ZeroSumProblem problem, int context, DenseVector upper, double[] lower, int... upperShape) {
        TwoPlayerSoftmax policy =
                new TwoPlayerSoftmax(problem.states(), problem.firstActions(), problem.secondActions());
        return new ZeroSumQuantities(problem, policy, new Quantities(upperShape))
                .at(new ZeroSumModel(problem, context).at(upper), lower);
    }

    private Quantities at(ZeroSumPoint point, double[] lower) {
        boolean soft = problem.entropyWeight() > 0;
        ZeroSumProfile profile = point.profile(policy.playersLogs(lower));
        SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
        SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
        quantities.number("value", profile.value());
        quantities.table("best_response_1", first.policy(), problem.states(), problem.firstActions());
        quantities.table("best_response_2", second.policy(), problem.states(), problem.secondActions());
        Penalty gap = profile.nikaidoIsoda(first, second);
        quantities.number("nikaido_isoda_gap", gap.value());
        if (soft || (first.isUnique(TIE) && second.isUnique(TIE))) {
            addGradients("gap", gap.gradients());
        } else {
            quantities.leaveOut("gap_grad_x", "gap_grad_theta_1", "gap_grad_theta_2");
        }
        quantities.number("upper_objective", profile.upperObjective());
        addGradients("upper", profile.upperGradients());
        if (soft) {
            SoftEquilibrium equilibrium = point.equilibrium(SoftOptimum.TO_ROUNDING, COLD);
            double[] logs = equilibrium.logs();
            addPlayers("equilibrium", Arrays.stream(logs).map(StrictMath::exp).toArray());
            quantities.number("equilibrium_value", point.profile(logs).value());
            quantities.objective("hyper_objective", "hypergradient", point.hypergradient(equilibrium));
        } else {
            quantities.leaveOut(
                    "equilibrium_1", "equilibrium_2", "equilibrium_value", "hyper_objective", "hypergradient");
        }
        return quantities;
    }

    private void addGradients(String of, Gradients gradients) {
        quantities.inUpper(of + "_grad_x", gradients.inUpper());
        addPlayers(of + "_grad_theta", gradients.inLower());
    }

    private void addPlayers(String key, double[] both) {
        int second = policy.secondOffset();
        quantities.table(key + "_1", Arrays.copyOf(both, second), problem.states(), problem.firstActions());
        quantities.table(
                key + "_2", Arrays.copyOfRange(both, second, both.length), problem.states(), problem.secondActions());
    }
}
