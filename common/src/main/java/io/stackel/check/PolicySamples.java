package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.policy.Actor;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Draws of a policy against its densities.
 *
 * <p>Numbered actions: frequencies against probabilities. Vectors: with the proposal q, a product of Cauchy densities whose
 * centres and scales are the means and deviations of the draws, and directions d,
 *
 * <pre>
 *     E_q[ pi(a) / q(a) ] = 1          E_pi[ score(a) ] = 0, by coordinate
 * </pre>
 *
 * <p>The second holds for parameters that need no projection near those that are tested.
 */
record PolicySamples(Policy policy, double[] theta, List<double[]> observations, Directions random) {

    private static final int DRAWS = 4096;
    private static final int MOST_OBSERVATIONS = 4;

    List<Evidence> evidence() {
        return policy instanceof DiscretePolicy discrete ? List.of(frequencies(discrete)) : ofVectors();
    }

    private Evidence frequencies(DiscretePolicy discrete) {
        FrequencyTest test = new FrequencyTest("draws are as frequent as probable", "a row is an observation");
        double[] probabilities = new double[discrete.actions()];
        for (int i = 0; i < observations.size(); i++) {
            discrete.logProbabilities(theta, observations.get(i), probabilities);
            for (int b = 0; b < probabilities.length; b++) {
                probabilities[b] = StrictMath.exp(probabilities[b]);
            }
            long[] seen = new long[probabilities.length];
            for (double action : draws(i)[0]) {
                seen[(int) action]++;
            }
            test.add(seen, probabilities);
        }
        return test.evidence();
    }

    private List<Evidence> ofVectors() {
        int count = Math.min(MOST_OBSERVATIONS, observations.size());
        double[] integrals = new double[count];
        double[] scores = {};
        for (int i = 0; i < count; i++) {
            double[][] actions = draws(i);
            integrals[i] = integral(i, actions);
            scores = VectorMath.concatenated(scores, meanScores(i, actions));
        }
        return List.of(
                new Evidence(
                        "densities integrate to one",
                        integrals,
                        "mean of density / proposal over " + DRAWS + " draws of it"),
                new Evidence(
                        "scores of draws have mean zero",
                        scores,
                        "mean score of " + DRAWS + " draws of the policy, by coordinate, at " + count
                                + " observations"));
    }

    /** The draws at an observation, by coordinate. */
    private double[][] draws(int number) {
        double[][] actions = new double[policy.actionSize()][DRAWS];
        double[] action = new double[actions.length];
        RandomStream[] stream = {random.stream(Use.PROJECTION, number)};
        Actor actor = policy.actor(theta);
        for (int k = 0; k < DRAWS; k++) {
            actor.draw(observations.get(number), 1, stream, action, new double[1]);
            for (int j = 0; j < action.length; j++) {
                actions[j][k] = action[j];
            }
        }
        return actions;
    }

    private double integral(int number, double[][] actions) {
        RandomStream stream = random.stream(Use.UPPER, number);
        Actor actor = policy.actor(theta);
        double[] ratios = new double[DRAWS];
        double[] action = new double[actions.length];
        double[] log = new double[1];
        double[] centre = new double[actions.length];
        double[] scale = new double[actions.length];
        for (int j = 0; j < actions.length; j++) {
            centre[j] = Statistics.mean(actions[j]);
            scale[j] = Statistics.standardError(actions[j]) * Math.sqrt(DRAWS);
        }
        for (int k = 0; k < DRAWS; k++) {
            double proposal = 0;
            for (int j = 0; j < action.length; j++) {
                double unit = StrictMath.tan(StrictMath.PI * (stream.nextDouble() - 0.5));
                action[j] = centre[j] + scale[j] * unit;
                proposal -= StrictMath.log(StrictMath.PI * scale[j] * (1 + unit * unit));
            }
            actor.logDensities(observations.get(number), action, 1, log);
            ratios[k] = StrictMath.exp(log[0] - proposal);
        }
        return Evidence.ofMean(ratios, 1, 1);
    }

    /** Means of scores over their standard errors. */
    private double[] meanScores(int number, double[][] actions) {
        Martingale sums = new Martingale("", "", theta.length);
        Actor actor = policy.actor(theta);
        for (int k = 0; k < DRAWS; k++) {
            int draw = k;
            double[] action = new double[actions.length];
            Arrays.setAll(action, j -> actions[j][draw]);
            double[] score = new double[theta.length];
            actor.addScores(observations.get(number), action, 1, new double[] {1}, score);
            sums.add(1, 0, score);
        }
        return sums.scores();
    }
}
