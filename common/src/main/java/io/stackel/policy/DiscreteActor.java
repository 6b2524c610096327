package io.stackel.policy;

import io.stackel.random.RandomStream;
import java.util.Arrays;

/** Any policy over numbered actions, one row after the other; a draw consumes one word. */
final class DiscreteActor implements ActionActor {

    private final DiscretePolicy policy;
    private final double[] theta;
    private final double[] observation;
    private final double[] row;
    private final double[] weightRow;

    DiscreteActor(DiscretePolicy policy, double[] theta) {
        this.policy = policy;
        this.theta = theta;
        observation = new double[policy.observationSize()];
        row = new double[policy.actions()];
        weightRow = new double[policy.actions()];
    }

    private void readRow(double[] observations, int t) {
        System.arraycopy(observations, t * observation.length, observation, 0, observation.length);
        policy.logProbabilities(theta, observation, row);
    }

    @Override
    public void draw(double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities) {
        for (int t = 0; t < count; t++) {
            readRow(observations, t);
            int action = draw(row, random[t].nextDouble());
            actions[t] = action;
            logDensities[t] = row[action];
        }
    }

    /** The action whose cumulative interval holds u; never one of probability zero. */
    static int draw(double[] logs, double u) {
        double cumulative = 0;
        int last = 0;
        for (int b = 0; b < logs.length; b++) {
            double p = StrictMath.exp(logs[b]);
            cumulative += p;
            if (p > 0) {
                last = b;
            }
            if (u < cumulative) {
                return b;
            }
        }
        return last;
    }

    @Override
    public void logDensities(double[] observations, double[] actions, int count, double[] into) {
        for (int t = 0; t < count; t++) {
            readRow(observations, t);
            into[t] = row[(int) actions[t]];
        }
    }

    @Override
    public int actions() {
        return row.length;
    }

    @Override
    public void allLogDensities(double[] observations, int count, double[] into) {
        for (int t = 0; t < count; t++) {
            readRow(observations, t);
            System.arraycopy(row, 0, into, t * row.length, row.length);
        }
    }

    @Override
    public void addAllScores(double[] observations, int count, double[] weights, double[] into) {
        for (int t = 0; t < count; t++) {
            readRow(observations, t);
            for (int b = 0; b < row.length; b++) {
                row[b] = StrictMath.exp(row[b]);
            }
            System.arraycopy(weights, t * row.length, weightRow, 0, row.length);
            policy.addScores(theta, observation, row, weightRow, 0, into);
        }
        Arrays.fill(weightRow, 0);
    }

    @Override
    public void addScores(double[] observations, double[] actions, int count, double[] weights, double[] into) {
        for (int t = 0; t < count; t++) {
            readRow(observations, t);
            for (int b = 0; b < row.length; b++) {
                row[b] = StrictMath.exp(row[b]);
            }
            int action = (int) actions[t];
            weightRow[action] = weights[t];
            policy.addScores(theta, observation, row, weightRow, 0, into);
            weightRow[action] = 0;
        }
    }
}
