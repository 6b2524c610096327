package io.stackel.problem;

import static io.stackel.math.Requirements.require;

/**
 * How labelled pairs are gathered: some before the first step, on which the reward model is warmed up, then a few in every
 * outer iteration, of all of which the latest are kept.
 *
 * @param initialPairs drawn from the uniform policy, unless pairs are given; at least 0
 * @param warmUpEpochs steps of the upper optimiser on the initial pairs, at least 0
 * @param newPairs of every outer iteration, at least 0
 * @param keptPairs at least 1 and at least as many as new ones
 */
public record PreferenceProtocol(int initialPairs, int warmUpEpochs, int newPairs, int keptPairs) {

    public PreferenceProtocol {
        require(
                initialPairs >= 0 && warmUpEpochs >= 0,
                "initialPairs and warmUpEpochs must be at least 0, but were " + initialPairs + " and " + warmUpEpochs);
        require(
                newPairs >= 0 && keptPairs >= Math.max(1, newPairs),
                "newPairs must be at least 0, and keptPairs at least 1 and newPairs, but they were " + newPairs
                        + " and " + keptPairs);
    }
}
