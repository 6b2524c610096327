package io.stackel.policy;

import io.stackel.random.RandomStream;
import java.util.Arrays;

/** A policy over numbered actions at work, one row after the other; a draw consumes one word. */
abstract class DiscreteActor implements ActionActor {
    /** One number an action: the log-probabilities of a row, and the weights of their scores. */
    final double[] logs;

    final double[] weights;

    DiscreteActor(int actions) {
        logs = new double[actions];
        weights = new double[actions];
    }

    /** What is done with one number an action at row t. */
    interface Row {
        void take(int t, double[] ofActions);
    }

    /** Passes on the log-probabilities of each row. */
    abstract void forEach(double[] observations, int count, Row taker);

    /** Adds the scores of all actions of each row, with the weights that {@code weighting} writes. */
    abstract void addScores(double[] observations, int count, Row weighting, double[] into);

    /** The actor of any policy. */
    static DiscreteActor of(DiscretePolicy policy, double[] theta) {
        return new DiscreteActor(policy.actions()) {
            private final double[] observation = new double[policy.observationSize()];

            @Override
            void forEach(double[] observations, int count, Row taker) {
                for (int t = 0; t < count; t++) {
                    System.arraycopy(observations, t * observation.length, observation, 0, observation.length);
                    policy.logProbabilities(theta, observation, logs);
                    taker.take(t, logs);
                }
            }

            @Override
            void addScores(double[] observations, int count, Row weighting, double[] into) {
                forEach(observations, count, (t, row) -> {
                    for (int b = 0; b < row.length; b++) {
                        row[b] = StrictMath.exp(row[b]);
                    }
                    weighting.take(t, weights);
                    policy.addScores(theta, observation, row, weights, 0, into);
                });
            }
        };
    }

    @Override
    public int actions() {
        return logs.length;
    }

    @Override
    public void draw(double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities) {
        forEach(observations, count, (t, row) -> {
            int action = draw(row, random[t].nextDouble());
            actions[t] = action;
            logDensities[t] = row[action];
        });
    }

    /** The action whose cumulative interval holds u; never one of probability zero. */
    private static int draw(double[] logs, double u) {
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
        forEach(observations, count, (t, row) -> into[t] = row[(int) actions[t]]);
    }

    @Override
    public void allLogDensities(double[] observations, int count, double[] into) {
        forEach(observations, count, (t, row) -> System.arraycopy(row, 0, into, t * row.length, row.length));
    }

    @Override
    public void addAllScores(double[] observations, int count, double[] given, double[] into) {
        Row copy = (t, row) -> System.arraycopy(given, t * row.length, row, 0, row.length);
        addScores(observations, count, copy, into);
    }

    @Override
    public void addScores(double[] observations, double[] actions, int count, double[] given, double[] into) {
        Row taken = (t, row) -> {
            Arrays.fill(row, 0);
            row[(int) actions[t]] = given[t];
        };
        addScores(observations, count, taken, into);
    }
}
