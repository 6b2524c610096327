package io.stackel.policy;

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
        if (!(startDeviation > 0)) {
            throw new IllegalArgumentException("startDeviation must be above 0, but was " + startDeviation);
        }
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
    public Actor actor() {
        return new Acting(network.pass(), network.parameters(), network.outputs());
    }

    private record Acting(NetworkPass pass, int deviations, int size) implements Actor {

        /** Consumes two words a component. */
        @Override
        public void draw(double[] theta, double[] observation, RandomStream random, double[] into) {
            double[] mean = pass.forward(theta, observation, 0);
            for (int i = 0; i < size; i++) {
                into[i] = mean[i] + StrictMath.exp(theta[deviations + i]) * random.nextGaussian();
            }
        }

        @Override
        public void logDensities(double[] theta, double[] observations, double[] actions, int count, double[] into) {
            for (int t = 0; t < count; t++) {
                double[] mean = pass.forward(theta, observations, t * pass.inputs());
                double log = 0;
                for (int i = 0; i < size; i++) {
                    double deviationLog = theta[deviations + i];
                    double z = (actions[t * size + i] - mean[i]) * StrictMath.exp(-deviationLog);
                    log -= 0.5 * z * z + deviationLog + HALF_LOG_TWO_PI;
                }
                into[t] = log;
            }
        }

        /** In the mean z / deviation, in the log-deviation z^2 - 1. */
        @Override
        public void addScores(
                double[] theta, double[] observations, double[] actions, int count, double[] weights, double[] into) {
            double[] gradient = pass.outputGradient();
            for (int t = 0; t < count; t++) {
                if (weights[t] == 0) {
                    continue;
                }
                double[] mean = pass.forward(theta, observations, t * pass.inputs());
                for (int i = 0; i < size; i++) {
                    double precision = StrictMath.exp(-theta[deviations + i]);
                    double z = (actions[t * size + i] - mean[i]) * precision;
                    gradient[i] = weights[t] * z * precision;
                    into[deviations + i] += weights[t] * (z * z - 1);
                }
                pass.addGradient(theta, into);
            }
        }
    }
}
