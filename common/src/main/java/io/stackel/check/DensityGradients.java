package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.policy.Actor;
import io.stackel.policy.Policy;
import io.stackel.random.RandomStream;
import java.util.List;

/** Central differences of the log-density of drawn actions against the scores of a policy whose actions are vectors. */
final class DensityGradients {

    private static final int DIRECTIONS = 4;

    private final Policy policy;
    private final Actor actor;
    private final double[] theta;
    private final Directions random;

    DensityGradients(Policy policy, double[] theta, Directions random) {
        this.policy = policy;
        this.theta = theta;
        this.random = random;
        actor = policy.actor(theta);
    }

    /** One finding over all observations, with one action drawn at each. */
    Finding check(List<double[]> observations) {
        WorstError errors = new WorstError("policy scores in theta");
        double[] action = new double[policy.actionSize()];
        double[] one = {1};
        for (int number = 0; number < observations.size(); number++) {
            double[] observation = observations.get(number);
            RandomStream[] stream = {random.stream(Use.WEIGHTS, 3L + number)};
            actor.draw(observation, 1, stream, action, new double[1]);
            double[] gradient = new double[theta.length];
            actor.addScores(observation, action, 1, one, gradient);
            double size = Math.max(1, Math.abs(log(theta, observation, action)[0]));
            double[] noise = {theta.length * CentralDifference.ROUNDING * size};
            for (int k = 0; k < DIRECTIONS; k++) {
                double[] direction = random.normal(Use.LOWER, (long) number * DIRECTIONS + k, theta.length);
                CentralDifference difference =
                        CentralDifference.along(t -> log(t, observation, action), theta, direction, noise);
                errors.add(
                        VectorMath.dot(gradient, direction),
                        difference.value()[0],
                        difference.bound()[0]);
            }
        }
        return errors.finding();
    }

    private double[] log(double[] parameters, double[] observation, double[] action) {
        double[] log = new double[1];
        policy.actor(parameters).logDensities(observation, action, 1, log);
        return log;
    }
}
