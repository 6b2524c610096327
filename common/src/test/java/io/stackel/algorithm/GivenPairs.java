package io.stackel.algorithm;

import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;

/** A problem of preferences with pairs that were labelled elsewhere. */
record GivenPairs(FinitePreferences ground, PreferencePairs given) implements FinitePreferences, AlteredProblem {

    @Override
    public PairRule pairs() {
        return ground.pairs();
    }

    @Override
    public PreferenceProtocol protocol() {
        return ground.protocol();
    }
}
