package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.MirrorStep;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The profiles (b1, q) and (p, b2) of a zero-sum game, each a best response to the other player's penalised policy, planned on
 * the tables; on counts
 *
 * <pre>
 *   theta &lt;- (1 - step) theta + step Q / tau        Q against the other's penalised policy
 * </pre>
 */
final class ResponsesLower extends EquilibriumLower {

    static final List<Target> TARGETS = Collections.nCopies(2, Target.BEST_RESPONSE);

    /** The number of (b1, q). */
    static final int FIRST = 0;

    /** The number of (p, b2). */
    static final int SECOND = 1;

    ResponsesLower(Frame frame, KnownGame<ZeroSumPoint> game) {
        super(frame, TARGETS, game);
    }

    /** No target's equilibrium is tracked. */
    @Override
    int tracked(Target target) {
        return -1;
    }

    @Override
    Move move(ZeroSumPoint point, State state, int number, int context) {
        boolean first = number == FIRST;
        double[] own = penalised(state, context);
        if (!game.isCounted()) {
            ZeroSumProfile profile = point.profile(policy.playersLogs(own));
            double[] warm = warm(state, number, context);
            SoftOptimum best = first
                    ? profile.firstResponse(rule.tolerance(), warm)
                    : profile.secondResponse(rule.tolerance(), warm);
            double[] value = first ? best.value() : VectorMath.scaled(-1, best.value());
            return new Move(against(own, best.logPolicy(), first), value, NONE, best.value());
        }
        double[] response = response(state, number, context);
        ZeroSumProfile profile = point.profile(policy.playersLogs(against(own, response, first)));
        double[] q = first ? profile.first().q() : profile.second().q();
        double tau = game.problem().entropyWeight();
        MirrorStep.apply(response, VectorMath.scaled(1 / tau, q), rule.stepSize(), response);
        double[] theta = against(own, response, first);
        return Move.of(theta, values(point, theta), NONE);
    }

    /** On counts the profiles only take over the penalised policies as they are. */
    @Override
    public Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(super.afterOuter(state, result, nextUpper));
        int context = frame.context(state.iteration());
        for (int i = 0; game.isCounted() && i < targets().size(); i++) {
            double[] theta = against(penalised(state, context), response(state, i, context), i == FIRST);
            tensors.put(LowerSolver.name("lower", i, context), Tensor.of(theta));
        }
        return tensors;
    }

    /** One player's response with the other's penalised policy. */
    private double[] against(double[] own, double[] response, boolean first) {
        return first ? policy.both(response, policy.secondOf(own)) : policy.both(policy.firstOf(own), response);
    }

    private double[] response(State state, int number, int context) {
        double[] profile = state.real(LowerSolver.name("lower", number, context));
        return number == FIRST ? policy.firstOf(profile) : policy.secondOf(profile);
    }

    private double[] penalised(State state, int context) {
        String name = PenalisedPolicy.name(context);
        return state.has(name) ? state.real(name) : policy.uniform();
    }
}
