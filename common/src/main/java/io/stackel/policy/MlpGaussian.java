package io.stackel.policy;

import static io.stackel.math.Requirements.require;

import io.stackel.random.RandomStream;
import java.util.Arrays;

/**
 * {@code action_i = output_i(o) + exp(l_i) z_i}, z standard normal: independent normal components whose mean is a network's
 * output and whose log-deviations l are parameters of their own, behind those of the network.
 *
 * @param network from observations to the mean of each component
 * @param startDeviation exp(l_i) from which a run starts, above 0
 * @param seed of the hidden weights from which a run starts
 */
public record MlpGaussian(Network network, double startDeviation, long seed) implements Policy {

    private static final double LOWEST_LOG = -5;
    private static final double HIGHEST_LOG = 2;
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);

    public MlpGaussian {
        require(startDeviation > 0, "startDeviation must be above 0, but was " + startDeviation);
    }

    @Override
    public int parameters() {
        return network.parameters() + network.outputs();
    }

    @Override
    public int observationSize() {
        return network.inputs();
    }

    @Override
    public int actionSize() {
        return network.outputs();
    }

    /** Means of zero and the starting deviations; the hidden weights are drawn. */
    @Override
    public double[] uniform() {
        double[] theta = new double[parameters()];
        network.start(seed, theta);
        Arrays.fill(theta, network.parameters(), theta.length, StrictMath.log(startDeviation));
        return theta;
    }

    /** Log-deviations stay in [-5, 2]: densities and their scores stay far from overflow. */
    @Override
    public void projectInPlace(double[] theta) {
        for (int i = network.parameters(); i < theta.length; i++) {
            theta[i] = Math.max(LOWEST_LOG, Math.min(HIGHEST_LOG, theta[i]));
        }
    }

    @Override
    public Actor actor(double[] theta) {
        int deviations = network.parameters();
        return new Acting(network.at(theta), deviations, Arrays.copyOfRange(theta, deviations, theta.length));
    }

    private record Acting(NetworkPass pass, int deviations, double[] logDeviations) implements Actor {

        /** Consumes two words a component. */
        @Override
        public void draw(
                double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities) {
            int size = logDeviations.length;
            pass.forEach(observations, count, (t, mean) -> {
                for (int i = 0; i < size; i++) {
                    actions[t * size + i] = mean[i] + StrictMath.exp(logDeviations[i]) * random[t].nextGaussian();
                }
                logDensities[t] = logDensity(mean, actions, t);
            });
        }

        private double logDensity(double[] mean, double[] actions, int t) {
            int size = logDeviations.length;
            double log = 0;
            for (int i = 0; i < size; i++) {
                double z = (actions[t * size + i] - mean[i]) * StrictMath.exp(-logDeviations[i]);
                log -= 0.5 * z * z + logDeviations[i] + HALF_LOG_TWO_PI;
            }
            return log;
        }

        @Override
        public void logDensities(double[] observations, double[] actions, int count, double[] into) {
            pass.forEach(observations, count, (t, mean) -> into[t] = logDensity(mean, actions, t));
        }

        /** In the mean z / deviation, in the log-deviation z^2 - 1. */
        @Override
        public void addScores(double[] observations, double[] actions, int count, double[] weights, double[] into) {
            int size = logDeviations.length;
            NetworkPass.OutputGradient ofMean = (t, mean, gradient) -> {
                for (int i = 0; i < size; i++) {
                    double precision = StrictMath.exp(-logDeviations[i]);
                    double z = (actions[t * size + i] - mean[i]) * precision;
                    gradient[i] = weights[t] * z * precision;
                    into[deviations + i] += weights[t] * (z * z - 1);
                }
            };
            pass.addGradients(observations, count, ofMean, into, 0);
        }
    }
}
