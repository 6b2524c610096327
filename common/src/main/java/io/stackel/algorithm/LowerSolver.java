package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tracks the followers of a method's targets; by default that of the best response alone, without batches and without a state.
 * Tensors carry the number of the follower and the context in their names: {@code lower.<follower>/<context>}.
 */
interface LowerSolver {

    /** The followers that are tracked, those of the method first; one request has all of them, in this order. */
    default List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    /**
     * The parameters of a target's follower at the state's upper variable, tracked or not, as well as the solver knows it;
     * depends on the state alone and leaves it as it is.
     */
    double[] response(State state, Target target, int context);

    /** The best response as far as the state can solve for it at once; by default as it is tracked. */
    default double[] solved(State state, int context) {
        return response(state, Target.BEST_RESPONSE, context);
    }

    /** The number of inner batches before each outer batch. */
    default int innerBatches() {
        return 0;
    }

    /**
     * The tensors at the start.
     *
     * @param start with the upper variable and the method's own tensors
     */
    default SortedMap<String, Tensor> init(State start) {
        return new TreeMap<>();
    }

    /** The estimands of an inner batch. */
    default List<Estimand> estimands(State state) {
        return List.of();
    }

    /** The upper variables that a batch names: those of the targets. */
    default List<double[]> uppers(Frame frame, State state, boolean inner) {
        return targets().stream()
                .map(target -> frame.upperOf(target, state, state.real("upper"), state.iteration()))
                .toList();
    }

    /** The followers that a batch names first: those of the targets, and of inner batches what else they need. */
    default List<Follower> followers(State state, int context, boolean inner) {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < targets().size(); i++) {
            followers.add(follower(state, i, context));
        }
        return followers;
    }

    /** The inner step in the address of an inner batch: its own, unless trajectories are to be played again. */
    default int address(State state) {
        return state.phase();
    }

    /** The environment steps of an inner batch that were not played before. */
    default long samples(State state, BatchResult result) {
        return result.steps();
    }

    /** The tensors after an inner batch. */
    default Map<String, Tensor> innerStep(State state, BatchResult result) {
        return Map.of();
    }

    /**
     * The tensors after an outer batch: what the batch taught, and the followers at the new upper variable.
     *
     * @param state with the steps of the upper variable and of the method's own policies taken
     */
    default Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        return Map.of();
    }

    /** A follower with its baselines. */
    default Follower follower(State state, int number, int context) {
        return Follower.plain(response(state, targets().get(number), context));
    }

    /** The parameters of any policy with baselines from what the solver knows. */
    default Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return Follower.plain(parameters);
    }

    /**
     * A follower with the leader's advantage under its policy, or with its response.
     *
     * @throws IllegalStateException if the solver knows no tables and counts nothing
     */
    default Follower watched(State state, Follower follower, Critic critic, int context) {
        throw new IllegalStateException("a critic of the follower needs tables or counted transitions");
    }

    /** The name of a follower's parameters in the state. */
    static String name(String what, int number, int context) {
        return what + "." + number + "/" + context;
    }
}
