package io.stackel.policy;

import io.stackel.math.Softmax;

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

    /** As in the interface; reads theta into a pass, which the {@link #actor} does once. */
    @Override
    public void logProbabilities(double[] theta, double[] observation, double[] into) {
        writeLogs(network.at(theta).forward(observation, 0, 1)[0], into);
    }

    private static void writeLogs(double[] logits, double[] into) {
        double total = Softmax.logSumExp(logits, 0, logits.length);
        for (int b = 0; b < logits.length; b++) {
            into[b] = logits[b] - total;
        }
    }

    /** As in the interface; reads theta into a pass, which the {@link #actor} does once. */
    @Override
    public void addScores(
            double[] theta, double[] observation, double[] probabilities, double[] weights, int offset, double[] into) {
        NetworkPass.OutputGradient ofLogits = (t, logits, gradient) -> {
            double total = 0;
            for (int b = 0; b < gradient.length; b++) {
                total += weights[offset + b];
            }
            for (int b = 0; b < gradient.length; b++) {
                gradient[b] = weights[offset + b] - total * probabilities[offset + b];
            }
        };
        network.at(theta).addGradients(observation, 1, ofLogits, into, 0);
    }

    @Override
    public ActionActor actor(double[] theta) {
        return new Acting(network.at(theta), actions());
    }

    private static final class Acting extends DiscreteActor {
        private final NetworkPass pass;

        Acting(NetworkPass pass, int actions) {
            super(actions);
            this.pass = pass;
        }

        @Override
        void forEach(double[] observations, int count, Row taker) {
            pass.forEach(observations, count, (t, logits) -> {
                writeLogs(logits, logs);
                taker.take(t, logs);
            });
        }

        @Override
        void addScores(double[] observations, int count, Row weighting, double[] into) {
            NetworkPass.OutputGradient ofLogits = (t, logits, gradient) -> {
                writeLogs(logits, logs);
                weighting.take(t, weights);
                double total = 0;
                for (int b = 0; b < gradient.length; b++) {
                    total += weights[b];
                }
                for (int b = 0; b < gradient.length; b++) {
                    gradient[b] = weights[b] - total * StrictMath.exp(logs[b]);
                }
            };
            pass.addGradients(observations, count, ofLogits, into, 0);
        }
    }
}
