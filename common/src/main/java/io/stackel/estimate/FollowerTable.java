package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.policy.DiscretePolicy;
import java.util.Arrays;

/** A policy tabulated over the states of a finite problem: probabilities and baselines. */
final class FollowerTable {

    final double[] logProbabilities;
    final double[] probabilities;
    final double[] entropyTerms;
    final double[] value;
    final double[] upperValue;
    final double[] upperAdvantage;
    final double[] response;
    private final double[] parameters;
    private final DiscretePolicy policy;
    private final double[][] observations;

    FollowerTable(FiniteTables tables, DiscretePolicy policy, Follower follower) {
        this.policy = policy;
        parameters = follower.parameters();
        int states = tables.states();
        observations = new double[states][];
        for (int s = 0; s < states; s++) {
            observations[s] = PolicyTable.observation(tables.problem, policy, s);
        }
        logProbabilities = PolicyTable.logProbabilities(tables.problem, policy, parameters);
        entropyTerms = PolicyTable.entropyTerms(tables.problem, policy, parameters);
        probabilities = new double[logProbabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = StrictMath.exp(logProbabilities[i]);
        }
        value = orZeros(follower.value(), states);
        upperValue = orZeros(follower.upperValue(), states);
        upperAdvantage = follower.upperAdvantage();
        require(
                upperAdvantage.length == 0 || upperAdvantage.length == probabilities.length,
                "the leader's advantage must have " + probabilities.length
                        + " entries, one a state and action, but has " + upperAdvantage.length);
        response = follower.response();
        int derivatives = states * tables.problem.upperSize();
        require(
                response.length == 0 || response.length == derivatives,
                "the follower's response must have " + derivatives + " entries, states x length of x, but has "
                        + response.length);
    }

    /** Adds the scores of a state's actions with these weights, S x B, to {@code into}. */
    void addScores(int state, double[] weights, double[] into) {
        policy.addScores(parameters, observations[state], probabilities, weights, state * policy.actions(), into);
    }

    private static double[] orZeros(double[] baseline, int states) {
        require(
                baseline.length == 0 || baseline.length == states,
                "a baseline must have " + states + " entries, one a state, but has " + baseline.length);
        return baseline.length == 0 ? new double[states] : Arrays.copyOf(baseline, states);
    }
}
