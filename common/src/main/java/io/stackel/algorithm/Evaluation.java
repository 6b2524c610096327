package io.stackel.algorithm;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** Measures a state from outside the algorithm; must not change what the algorithm does. */
public interface Evaluation {

    /** f at the follower's best response as the algorithm knows it, cost included. */
    String UPPER_OBJECTIVE = "upperObjective";

    /** f at the follower's exact best response: Phi. */
    String UPPER_OBJECTIVE_AT_BEST_RESPONSE = "upperObjectiveAtBestResponse";

    /** The standard error of {@link #UPPER_OBJECTIVE}, where it is estimated. */
    String UPPER_OBJECTIVE_STANDARD_ERROR = "upperObjectiveStandardError";

    /** The follower's return, entropy included, where it is estimated. */
    String LOWER_RETURN = "lowerReturn";

    /** Environment steps that the figures of a row took, none of them of training. */
    String SAMPLES = "evaluationSamples";

    /** The norm of the exact hypergradient, projected where x is constrained. */
    String STATIONARITY_GAP = "stationarityGap";

    /** J at the exact best response less J at the one that the algorithm knows. */
    String LOWER_GAP = "lowerGap";

    /** The name of a figure of one of {@link Algorithm#surrogates}, such as {@code upperObjectivePlus}. */
    static String of(String figure, String surrogate) {
        return figure + surrogate.substring(0, 1).toUpperCase(Locale.ROOT) + surrogate.substring(1);
    }

    /** The figures of a state by name. */
    SortedMap<String, Double> measure(Algorithm algorithm, State state);

    /**
     * The figures of the initial state, for which an evaluation may have to work before anything else happens.
     *
     * @return nothing if the work was ended before it was done
     */
    default Optional<SortedMap<String, Double>> first(Algorithm algorithm, State state, Watch watch) {
        return Optional.of(measure(algorithm, state));
    }

    /** Sees work go on, and may end it. */
    interface Watch {

        /**
         * Called between any two batches.
         *
         * @param work in a few words
         * @return whether to go on
         */
        boolean goesOn(String work, long done, long total);
    }
}
