package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.policy.Actor;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Central differences of log-probabilities and log-densities against the scores of a policy, along random directions; one
 * finding over all observations.
 */
record PolicyGradients(Policy policy, double[] theta, Directions random) {

    private static final int DIRECTIONS = 4;

    /** Numbered actions under random weights, {@code sum_b w_b log pi_theta(b | o)}; vectors as {@link #ofDraws}. */
    Finding check(List<double[]> observations) {
        String name = "policy scores in theta";
        return policy instanceof DiscretePolicy discrete
                ? compare(name, observations, (o, number) -> weighted(discrete, o, number))
                : ofDraws(name, observations);
    }

    /** One action drawn at each observation. */
    Finding ofDraws(String name, List<double[]> observations) {
        return compare(name, observations, this::drawn);
    }

    /** A function of theta, its gradient by scores, and the rounding of its value. */
    private record Scored(ToDoubleFunction<double[]> function, double[] gradient, double noise) {}

    private interface Scores {
        Scored at(double[] observation, int number);
    }

    private Finding compare(String name, List<double[]> observations, Scores scores) {
        WorstError errors = new WorstError(name);
        for (int number = 0; number < observations.size(); number++) {
            Scored scored = scores.at(observations.get(number), number);
            for (int k = 0; k < DIRECTIONS; k++) {
                double[] direction = random.normal(Use.LOWER, (long) number * DIRECTIONS + k, theta.length);
                CentralDifference difference = CentralDifference.along(
                        t -> new double[] {scored.function.applyAsDouble(t)}, theta, direction, new double[] {
                            scored.noise
                        });
                errors.add(
                        VectorMath.dot(scored.gradient, direction),
                        difference.value()[0],
                        difference.bound()[0]);
            }
        }
        return errors.finding();
    }

    private Scored drawn(double[] observation, int number) {
        Actor actor = policy.actor(theta);
        double[] action = new double[policy.actionSize()];
        RandomStream[] stream = {random.stream(Use.WEIGHTS, 3L + number)};
        actor.draw(observation, 1, stream, action, new double[1]);
        double[] gradient = new double[theta.length];
        actor.addScores(observation, action, 1, new double[] {1}, gradient);
        ToDoubleFunction<double[]> log = parameters -> {
            double[] density = new double[1];
            policy.actor(parameters).logDensities(observation, action, 1, density);
            return density[0];
        };
        double size = Math.max(1, Math.abs(log.applyAsDouble(theta)));
        return new Scored(log, gradient, theta.length * CentralDifference.ROUNDING * size);
    }

    /** Actions of probability zero, which a direct policy may have, get no weight. */
    private Scored weighted(DiscretePolicy discrete, double[] observation, int number) {
        double[] logs = logs(discrete, theta, observation);
        double[] weights = random.normal(Use.WEIGHTS, 3L + number, logs.length);
        double[] probabilities = new double[logs.length];
        for (int b = 0; b < logs.length; b++) {
            weights[b] = Double.isInfinite(logs[b]) ? 0 : weights[b];
            probabilities[b] = StrictMath.exp(logs[b]);
        }
        double[] gradient = new double[theta.length];
        discrete.addScores(theta, observation, probabilities, weights, 0, gradient);
        ToDoubleFunction<double[]> sum = parameters -> {
            double[] moved = logs(discrete, parameters, observation);
            double total = 0;
            for (int b = 0; b < weights.length; b++) {
                total += weights[b] == 0 ? 0 : weights[b] * moved[b];
            }
            return total;
        };
        return new Scored(sum, gradient, noise(discrete, observation, logs, weights));
    }

    /** The rounding of the sum: logits and their normaliser are at most as large as parameters times observation,
     * and a logit is made of its share of the parameters. */
    private double noise(DiscretePolicy discrete, double[] observation, double[] logs, double[] weights) {
        double reach = 1;
        double total = 0;
        for (int b = 0; b < weights.length; b++) {
            total += Math.abs(weights[b]);
            reach = weights[b] == 0 ? reach : Math.max(reach, Math.abs(logs[b]));
        }
        double logit = Math.max(reach, VectorMath.maxAbs(theta) * Math.max(1, VectorMath.maxAbs(observation)));
        int terms = discrete.tabular() ? observation.length : discrete.parameters() / weights.length;
        return (weights.length + terms + 8) * CentralDifference.ROUNDING * total * logit;
    }

    /** The log-probabilities of all actions. */
    static double[] logs(DiscretePolicy policy, double[] theta, double[] observation) {
        double[] logs = new double[policy.actions()];
        policy.logProbabilities(theta, observation, logs);
        return logs;
    }
}
