package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bilevel algorithm as a state machine: ask for a batch, take a step.
 *
 * <pre>
 *   state = init()
 *   repeat   state = step(state, batch of request(state)).next
 * </pre>
 *
 * <p>All methods are pure: they depend on their arguments and on how the algorithm was built, change none of them, and draw
 * no randomness but from {@link io.stackel.random.RandomStream} at an address. What an algorithm remembers is in the {@link
 * State}, so that a run goes on from any of its states, in another process, with the same bits. Returns are discounted sums,
 * upper objectives are minimised, samples are steps of the environment.
 */
public interface Algorithm {

    /** The surrogate that maximises J - sigma U. */
    String MINUS = "minus";

    /** The surrogate that maximises J + sigma U. */
    String PLUS = "plus";

    /** The policy or model that a penalty method moves along with x. */
    String PENALISED = "penalised";

    /** The policy against which a policy wins or loses on preferences, fixed before the first iteration. */
    String REFERENCE = "reference";

    /** The state before the first batch, at step 0, with the start of x in its tensor {@code upper}. */
    State init();

    /** The batch that the next step needs, as {@link ProblemSetup#request} makes it; without estimands if it needs no samples. */
    BatchRequest request(State state);

    /**
     * The step that follows from the batch.
     *
     * @param result of the state's request
     */
    Progress step(State state, BatchResult result);

    /** The upper variable x of a state, length m. */
    double[] upper(State state);

    /**
     * The parameters theta of the follower's best response to x in a context, as well as the algorithm knows it; w of a model
     * that is fitted to data. It is what rows of metrics measure and {@code stackel export} writes.
     *
     * @param context in [0, contexts of the problem)
     */
    double[] follower(State state, int context);

    /**
     * The parameters of the policies that the algorithm has beside the best response, in a context, by name: {@link #MINUS},
     * {@link #PLUS}, {@link #PENALISED}, {@link #REFERENCE}.
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
