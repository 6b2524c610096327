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

    /** f at the follower's exact best response without entropy, which plays the first of equally good actions. */
    String UPPER_OBJECTIVE_AT_HARD_RESPONSE = "upperObjectiveAtHardResponse";

    /** The standard error of {@link #UPPER_OBJECTIVE}, where it is estimated. */
    String UPPER_OBJECTIVE_STANDARD_ERROR = "upperObjectiveStandardError";

    /** The follower's return, entropy included, where it is estimated. */
    String LOWER_RETURN = "lowerReturn";

    /** Environment steps that the figures of a row took, none of them of training. */
    String SAMPLES = "evaluationSamples";

    /** The norm of the exact hypergradient, projected where x is constrained. */
    String STATIONARITY_GAP = "stationarityGap";

    /** The squared norm of the exact hypergradient of a data problem, without projection. */
    String SQUARED_HYPERGRADIENT_NORM = "squaredHypergradientNorm";

    /** J at the exact best response less J at the one that the algorithm knows. */
    String LOWER_GAP = "lowerGap";

    /** What both players of a zero-sum game together gain by best responses; also given as the lower gap. */
    String NIKAIDO_ISODA_GAP = "nikaidoIsodaGap";

    /** The designer's discounted return at the equilibrium as the algorithm knows it, without the terms in x alone. */
    String DESIGNER_VALUE = "designerValue";

    /** The designer's discounted return at the exact equilibrium. */
    String DESIGNER_VALUE_AT_EQUILIBRIUM = "designerValueAtEquilibrium";

    /** The leader's mean total of rewards of a trajectory, without discount. */
    String EPISODE_RETURN = "episodeReturn";

    /** The discounted return of the true reward under the best response as the algorithm knows it. */
    String TRUE_RETURN = "trueReturn";

    /** The discounted return of the true reward under the exact best response to the learnt one. */
    String TRUE_RETURN_AT_BEST_RESPONSE = "trueReturnAtBestResponse";

    /** The discounted return of the true reward under the experts' policy. */
    String EXPERT_RETURN = "expertReturn";

    /** The experts' total of true rewards, without discount. */
    String EXPERT_EPISODE_RETURN = "expertEpisodeReturn";

    /** The pairs that were labelled so far. */
    String LABELS = "labels";

    /** The follower's entropy weight where it was estimated from data; in the first row, with its standard error. */
    String ENTROPY_WEIGHT = "entropyWeight";

    /** The name of the best response as the algorithm knows it, beside those of {@link Algorithm#surrogates}. */
    String RESPONSE = "";

    /** The name of a figure of one of these, such as {@code upperObjectivePlus}. */
    static String of(String figure, String name) {
        return name.isEmpty() ? figure : figure + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
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
