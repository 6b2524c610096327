package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.random.Categorical;
import java.util.Arrays;

/** A policy tabulated over the states of a finite problem: log-probabilities, thresholds and baselines. */
final class FollowerTable {

    final double[] logProbabilities;
    final int[] thresholds;
    final double[] value;
    final double[] upperValue;
    private final double[] parameters;
    private final Policy policy;
    private final double[][] observations;

    FollowerTable(FiniteTables tables, Policy policy, Follower follower) {
        this.policy = policy;
        parameters = follower.parameters();
        int states = tables.states();
        int actions = tables.followerActions();
        observations = new double[states][];
        for (int s = 0; s < states; s++) {
            observations[s] = PolicyTable.observation(tables.problem, policy, s);
        }
        logProbabilities = PolicyTable.logProbabilities(tables.problem, policy, parameters);
        thresholds = thresholds(logProbabilities, states, actions);
        value = orZeros(follower.value(), states);
        upperValue = orZeros(follower.upperValue(), states);
    }

    /** Thresholds of rows of log-probabilities for {@link Categorical#sample}, actions - 1 a row. */
    static int[] thresholds(double[] logProbabilities, int rows, int actions) {
        int[] thresholds = new int[rows * (actions - 1)];
        double[] probabilities = new double[actions];
        for (int row = 0; row < rows; row++) {
            for (int b = 0; b < actions; b++) {
                probabilities[b] = StrictMath.exp(logProbabilities[row * actions + b]);
            }
            Categorical.thresholds(probabilities, 0, actions, thresholds, row * (actions - 1));
        }
        return thresholds;
    }

    /** Adds the scores of all state-actions with these weights, S x B, to {@code into}. */
    void addScores(double[] weights, double[] into) {
        int actions = policy.actions();
        for (int s = 0; s < observations.length; s++) {
            if (anyNonZero(weights, s * actions, actions)) {
                policy.addScores(parameters, observations[s], weights, s * actions, into);
            }
        }
    }

    private static boolean anyNonZero(double[] weights, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (weights[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private static double[] orZeros(double[] baseline, int states) {
        if (baseline.length != 0 && baseline.length != states) {
            throw new IllegalArgumentException(
                    "a baseline must have " + states + " entries, one a state, but has " + baseline.length);
        }
        return baseline.length == 0 ? new double[states] : Arrays.copyOf(baseline, states);
    }
}
