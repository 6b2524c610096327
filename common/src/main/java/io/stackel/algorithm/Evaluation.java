package io.stackel.algorithm;

import java.util.SortedMap;

/** Measures a state from outside the algorithm; must not change what the algorithm does. */
public interface Evaluation {

    /** f at the follower's policy, cost included. */
    String UPPER_OBJECTIVE = "upperObjective";

    /** f at the follower's exact best response: Phi. */
    String UPPER_OBJECTIVE_AT_BEST_RESPONSE = "upperObjectiveAtBestResponse";

    /** The norm of the exact hypergradient, projected where x is constrained. */
    String STATIONARITY_GAP = "stationarityGap";

    /** J at the best response less J at the follower's policy. */
    String LOWER_GAP = "lowerGap";

    /** The figures of a state by name. */
    SortedMap<String, Double> measure(Algorithm algorithm, State state);
}
