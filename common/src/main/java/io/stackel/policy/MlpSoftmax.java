package io.stackel.policy;

import io.stackel.math.Softmax;
import io.stackel.random.RandomStream;

/**
 * {@code pi(b|o) proportional to exp( output_b(o) )} of a network with hidden layers.
 *
 * @param network from observations to one logit an action
 * @param seed of the hidden weights from which a run starts
 */
public record MlpSoftmax(Network network, long seed) implements DiscretePolicy {

    @Override
    public int parameters() {
        return network.parameters();
    }

    @Override
    public int observationSize() {
        return network.inputs();
    }

    @Override
    public int actions() {
        return network.outputs();
    }

    /** The uniform policy, by logits of zero; the hidden weights are drawn, since learning does not leave their zero. */
    @Override
    public double[] uniform() {
        double[] theta = new double[parameters()];
        network.start(seed, theta);
        return theta;
    }

    /** As in the interface; takes memory for a pass, which the {@link #actor} has. */
    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        writeLogs(network.pass().forward(theta, observation, 0), into);
    }

    private static void writeLogs(double[] logits, double[] into) {
        double total = Softmax.logSumExp(logits, 0, logits.length);
        for (int b = 0; b < logits.length; b++) {
            into[b] = logits[b] - total;
        }
    }

    /** As in the interface; takes memory for a pass, which the {@link #actor} has. */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        NetworkPass pass = network.pass();
        pass.forward(theta, observation, 0);
        double[] gradient = pass.outputGradient();
        double total = 0;
        for (int b = 0; b < gradient.length; b++) {
            total += weights[offset + b];
        }
        for (int b = 0; b < gradient.length; b++) {
            gradient[b] = weights[offset + b] - total * probabilities[offset + b];
        }
        pass.addGradient(theta, into);
    }

    @Override
    public Actor actor() {
        return new Acting(network.pass(), new double[actions()]);
    }

    private record Acting(NetworkPass pass, double[] row) implements Actor {

        @Override
        public void draw(double[] theta, double[] observation, RandomStream random, double[] into) {
            writeLogs(pass.forward(theta, observation, 0), row);
            into[0] = DiscreteActor.draw(row, random.nextDouble());
        }

        @Override
        public void logDensities(double[] theta, double[] observations, double[] actions, int count, double[] into) {
            for (int t = 0; t < count; t++) {
                writeLogs(pass.forward(theta, observations, t * pass.inputs()), row);
                into[t] = row[(int) actions[t]];
            }
        }

        @Override
        public void addScores(
                double[] theta, double[] observations, double[] actions, int count, double[] weights, double[] into) {
            double[] gradient = pass.outputGradient();
            for (int t = 0; t < count; t++) {
                if (weights[t] == 0) {
                    continue;
                }
                writeLogs(pass.forward(theta, observations, t * pass.inputs()), row);
                for (int b = 0; b < row.length; b++) {
                    gradient[b] = -weights[t] * StrictMath.exp(row[b]);
                }
                gradient[(int) actions[t]] += weights[t];
                pass.addGradient(theta, into);
            }
        }
    }
}
