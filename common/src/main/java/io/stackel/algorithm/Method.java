package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One bilevel method inside the frame of {@link TwoLevel}: which followers it tracks, what it samples in the outer batch,
 * and which gradient that gives.
 */
interface Method {

    /** The followers that the outer batch needs, at least one; the lower level may track more behind them. */
    List<Target> targets();

    /** What the follower does about x: it is reported, evaluated and exported, whether it is one of the targets or not. */
    default Target response() {
        return Target.BEST_RESPONSE;
    }

    /** Further targets that are exported, by name. */
    default SortedMap<String, Target> surrogates() {
        return new TreeMap<>();
    }

    /**
     * The estimands of the outer batch; followers are numbered as in {@link #targets}, then {@link #ownFollowers} in the order
     * of their names.
     */
    List<Estimand> estimands(State state);

    /** The gradient of the upper variable, without the terms in x alone, from the outer batch. */
    Gradient gradient(Frame frame, State state, BatchResult result);

    /** Whether the upper variable moves. */
    default boolean movesUpper() {
        return true;
    }

    /** The factor of the upper step size in an iteration. */
    default double upperDecay(long iteration) {
        return 1;
    }

    /** Whether the upper variable's optimiser takes steps; if not, the gradient is not used. */
    default boolean stepsUpper() {
        return movesUpper();
    }

    /** The policy of a penalty method, which moves along with x. */
    default Optional<PenalisedPolicy> penalised() {
        return Optional.empty();
    }

    /** The parameters of further policies, which the method moves itself, by name. */
    default SortedMap<String, double[]> ownFollowers(State state, int context) {
        SortedMap<String, double[]> own = new TreeMap<>();
        penalised().ifPresent(policy -> own.put(Algorithm.PENALISED, policy.parameters(state, context)));
        return own;
    }

    /** The method's own tensors after an outer step. */
    default SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        return penalised()
                .map(policy -> policy.step(frame, solver, state, result, frame.context(state.iteration())))
                .orElseGet(TreeMap::new);
    }

    /** The method's own tensors at the start. */
    default SortedMap<String, Tensor> ownInit(Frame frame) {
        return penalised().map(policy -> policy.init(frame)).orElseGet(TreeMap::new);
    }

    /**
     * A gradient with its standard error.
     *
     * @param values length of the upper variable
     * @param standardError of the sampling alone; 0 for an exact gradient
     * @param measurements further figures by name
     */
    record Gradient(double[] values, double standardError, SortedMap<String, Double> measurements) {}
}
