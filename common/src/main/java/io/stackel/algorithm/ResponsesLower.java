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
import java.util.Optional;
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

    private final Optional<MirrorPolicy> own;
    private final int rounds;

    ResponsesLower(Frame frame, KnownGame<ZeroSumPoint> game) {
        this(frame, game, Optional.empty(), 0);
    }

    /**
     * Moves the penalised policies too.
     *
     * @param own how they move
     * @param rounds of a step of theirs and a move of the responses, after each outer batch at the new upper variable
     */
    ResponsesLower(Frame frame, KnownGame<ZeroSumPoint> game, Optional<MirrorPolicy> own, int rounds) {
        super(frame, TARGETS, game);
        this.own = own;
        this.rounds = rounds;
    }

    /** The tensors after the rounds at the state's upper variable. */
    private SortedMap<String, Tensor> caughtUp(State state, long iteration) {
        int context = frame.context(iteration);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            tensors.putAll(own.orElseThrow().step(state.with(tensors), context));
            State stepped = state.with(tensors);
            tensors.putAll(moved(stepped, stepped.real("upper"), iteration, context));
        }
        return tensors;
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

    /** On counts the profiles take over the penalised policies as they are, before the rounds. */
    @Override
    public Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(super.afterOuter(state, result, nextUpper));
        int context = frame.context(state.iteration());
        for (int i = 0; game.isCounted() && i < targets().size(); i++) {
            double[] theta = against(penalised(state, context), response(state, i, context), i == FIRST);
            tensors.put(LowerSolver.name("lower", i, context), Tensor.of(theta));
        }
        tensors.putAll(caughtUp(state.with(tensors), state.iteration() + 1));
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
