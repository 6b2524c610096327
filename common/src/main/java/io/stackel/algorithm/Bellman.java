package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BellmanPenalty;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.StateDistribution;
import io.stackel.estimate.Wanted;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;

/**
 * {@code pbrl} with the Bellman penalty: descent in (x, theta) on {@code f + penaltyWeight p} with pihat, tracked by the lower
 * level from a warm start, in the place of the best response:
 *
 * <pre>
 *   p = E_{s~nu} [ &lt;theta_s, -Q*(s,.)&gt; + tau h(theta_s) ] + const
 * </pre>
 *
 * <p>With nu = visits, held fixed in each iteration, every step of a path informs the penalty, not the first alone, and
 * weight lambda / (1 - discount) presses as hard as weight lambda of the value penalty. For every nu that is positive on
 * the states that matter the minimum over theta of {@code f + lambda p} tends to f at the best response, so the gradient at
 * fixed nu is one of the bilevel objective up to O(1 / lambda), whichever nu it was.
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025. Departure: theta has an optimiser and a step size of its own, since the penalty's curvature in a policy
 * differs from that of x by the visits of each state.
 *
 * @param penaltyWeight lambda, above 0
 * @param states nu
 * @param units of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param policy theta
 */
record Bellman(double penaltyWeight, StateDistribution states, long units, boolean counted, PenalisedPolicy policy)
        implements Method {

    private static final int PLANNED = 0;
    private static final int POLICY_FOLLOWER = 1;

    @Override
    public Optional<PenalisedPolicy> penalised() {
        return Optional.of(policy);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(
                Method.objective(OUTER_STREAM, units, POLICY_FOLLOWER, Wanted.BOTH, counted),
                new BellmanPenalty(Purpose.TRAINING, OUTER_STREAM + 1, units, 0, PLANNED, POLICY_FOLLOWER, states));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        Gradient objective = Gradient.of(result.estimate(0));
        BatchResult.Estimate penalty = result.estimate(1);
        double[] total = objective.values().clone();
        VectorMath.addScaled(penaltyWeight, penalty.upperGradient(), total);
        double first = objective.standardError();
        double second = penaltyWeight * penalty.upperStandardError();
        return new Gradient(total, Math.sqrt(first * first + second * second), objective.measurements());
    }

    /** The gradient of the penalised objective in theta. */
    static double[] inLower(double penaltyWeight, BatchResult result) {
        double[] gradient = result.estimate(0).lowerGradient();
        VectorMath.addScaled(penaltyWeight, result.estimate(1).lowerGradient(), gradient);
        return gradient;
    }
}
