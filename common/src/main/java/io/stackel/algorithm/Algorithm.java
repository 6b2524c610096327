package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bilevel algorithm as a state machine: ask for a batch, take a step. All three methods are pure; what an algorithm
 * remembers is in the {@link State}.
 */
public interface Algorithm {

    /** The surrogate that maximises J - sigma U. */
    String MINUS = "minus";

    /** The surrogate that maximises J + sigma U. */
    String PLUS = "plus";

    /** The policy or model that a penalty method moves along with x. */
    String PENALISED = "penalised";

    /** The state before the first batch. */
    State init();

    /** The batch that the next step needs; empty if it needs no samples. */
    BatchRequest request(State state);

    /** The step that follows from the batch. */
    Progress step(State state, BatchResult result);

    /** The upper variable x of a state. */
    double[] upper(State state);

    /** The parameters theta of the follower's best response to x in a context, as well as the algorithm knows it. */
    double[] follower(State state, int context);

    /**
     * The parameters of the policies that the algorithm has beside the best response, in a context, by name: {@link #MINUS},
     * {@link #PLUS}, {@link #PENALISED}.
     */
    default SortedMap<String, double[]> surrogates(State state, int context) {
        return new TreeMap<>();
    }

    /** Whether the upper variable moves. */
    default boolean movesUpper() {
        return true;
    }

    /** The context of the state's outer iteration, in which the follower's policy is up to date. */
    int context(State state);

    /**
     * What a step leads to.
     *
     * @param next the state after the step; its {@code step} is one higher
     * @param measurements deterministic figures of the step by name: {@code gradientNorm}, {@code
     *     gradientStandardError}, {@code saturation}, ...; empty within an outer iteration
     */
    record Progress(State next, SortedMap<String, Double> measurements) {}
}
