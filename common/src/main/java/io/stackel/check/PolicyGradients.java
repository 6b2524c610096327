package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.policy.DiscretePolicy;
import java.util.List;

/**
 * Central differences of {@code sum_b w_b log pi_theta(b | o)} against the scores of a policy. Actions of probability
 * zero, which a direct policy may have, get no weight.
 */
final class PolicyGradients {

    private static final int DIRECTIONS = 4;

    private final DiscretePolicy policy;
    private final double[] theta;
    private final Directions random;

    PolicyGradients(DiscretePolicy policy, double[] theta, Directions random) {
        this.policy = policy;
        this.theta = theta;
        this.random = random;
    }

    /** One finding over all observations. */
    Finding check(List<double[]> observations) {
        WorstError errors = new WorstError("policy scores in theta");
        for (int number = 0; number < observations.size(); number++) {
            double[] observation = observations.get(number);
            double[] weights = weights(observation, number);
            double[] gradient = new double[theta.length];
            policy.addScores(theta, observation, probabilities(observation), weights, 0, gradient);
            double[] noise = {noise(observation, weights)};
            for (int k = 0; k < DIRECTIONS; k++) {
                double[] direction = random.normal(Use.LOWER, (long) number * DIRECTIONS + k, theta.length);
                CentralDifference difference = CentralDifference.along(
                        t -> new double[] {sum(t, observation, weights)}, theta, direction, noise);
                errors.add(
                        VectorMath.dot(gradient, direction),
                        difference.value()[0],
                        difference.bound()[0]);
            }
        }
        return errors.finding();
    }

    private double[] weights(double[] observation, int number) {
        double[] weights = random.normal(Use.WEIGHTS, 3L + number, policy.actions());
        double[] logs = logs(theta, observation);
        for (int b = 0; b < weights.length; b++) {
            weights[b] = Double.isInfinite(logs[b]) ? 0 : weights[b];
        }
        return weights;
    }

    private double sum(double[] parameters, double[] observation, double[] weights) {
        double[] logs = logs(parameters, observation);
        double sum = 0;
        for (int b = 0; b < weights.length; b++) {
            sum += weights[b] == 0 ? 0 : weights[b] * logs[b];
        }
        return sum;
    }

    /** The rounding of the sum: logits and their normaliser are at most as large as parameters times observation,
     * and a logit is made of its share of the parameters. */
    private double noise(double[] observation, double[] weights) {
        double[] logs = logs(theta, observation);
        double reach = 1;
        double total = 0;
        for (int b = 0; b < weights.length; b++) {
            total += Math.abs(weights[b]);
            reach = weights[b] == 0 ? reach : Math.max(reach, Math.abs(logs[b]));
        }
        double logit = Math.max(reach, VectorMath.maxAbs(theta) * Math.max(1, VectorMath.maxAbs(observation)));
        int terms = policy.tabular() ? observation.length : policy.parameters() / weights.length;
        return (weights.length + terms + 8) * CentralDifference.ROUNDING * total * logit;
    }

    private double[] probabilities(double[] observation) {
        double[] probabilities = logs(theta, observation);
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] = StrictMath.exp(probabilities[b]);
        }
        return probabilities;
    }

    private double[] logs(double[] parameters, double[] observation) {
        double[] logs = new double[policy.actions()];
        policy.logProbabilities(parameters, observation, logs);
        return logs;
    }
}
