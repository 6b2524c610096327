package io.stackel.run;

import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import java.util.SortedMap;

/** Whether a committed state has met a limit of a plan, by the rules by which the loop ends. */
final class Completion {

    private Completion() {}

    /**
     * Whether nothing is left to do.
     *
     * @param figures the latest row of metrics at the state
     */
    static boolean isReached(State state, SortedMap<String, Double> figures, RunLoop.Plan plan) {
        return RunLoop.isComplete(state, plan) || isStationary(state, figures, plan);
    }

    /** The loop looks at gradients only where it takes a row after a step. */
    private static boolean isStationary(State state, SortedMap<String, Double> figures, RunLoop.Plan plan) {
        boolean rowHere = state.phase() == 0
                && state.iteration() > 0
                && state.iteration() % plan.evaluateEvery() == 0
                && figures.getOrDefault("iteration", -1.0) == state.iteration();
        return rowHere && plan.isStationary(figures);
    }
}
