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
        NetworkPass pass = network.at(theta);
        pass.forward(observation, 0, 1);
        double[] gradient = pass.outputGradients()[0];
        double total = 0;
        for (int b = 0; b < gradient.length; b++) {
            total += weights[offset + b];
        }
        for (int b = 0; b < gradient.length; b++) {
            gradient[b] = weights[offset + b] - total * probabilities[offset + b];
        }
        pass.addGradients(1);
        pass.drain(into, 0);
    }

    @Override
    public ActionActor actor(double[] theta) {
        return new Acting(network.at(theta), new double[actions()]);
    }

    private record Acting(NetworkPass pass, double[] row) implements ActionActor {

        @Override
        public void draw(
                double[] observations, int count, RandomStream[] random, double[] actions, double[] logDensities) {
            for (int from = 0; from < count; from += NetworkPass.ROWS) {
                int rows = Math.min(NetworkPass.ROWS, count - from);
                double[][] logits = pass.forward(observations, from, rows);
                for (int r = 0; r < rows; r++) {
                    writeLogs(logits[r], row);
                    int action = DiscreteActor.draw(row, random[from + r].nextDouble());
                    actions[from + r] = action;
                    logDensities[from + r] = row[action];
                }
            }
        }

        @Override
        public void logDensities(double[] observations, double[] actions, int count, double[] into) {
            for (int from = 0; from < count; from += NetworkPass.ROWS) {
                int rows = Math.min(NetworkPass.ROWS, count - from);
                double[][] logits = pass.forward(observations, from, rows);
                for (int r = 0; r < rows; r++) {
                    writeLogs(logits[r], row);
                    into[from + r] = row[(int) actions[from + r]];
                }
            }
        }

        @Override
        public int actions() {
            return row.length;
        }

        @Override
        public void allLogDensities(double[] observations, int count, double[] into) {
            for (int from = 0; from < count; from += NetworkPass.ROWS) {
                int rows = Math.min(NetworkPass.ROWS, count - from);
                double[][] logits = pass.forward(observations, from, rows);
                for (int r = 0; r < rows; r++) {
                    writeLogs(logits[r], row);
                    System.arraycopy(row, 0, into, (from + r) * row.length, row.length);
                }
            }
        }

        @Override
        public void addAllScores(double[] observations, int count, double[] weights, double[] into) {
            double[][] gradients = pass.outputGradients();
            for (int from = 0; from < count; from += NetworkPass.ROWS) {
                int rows = Math.min(NetworkPass.ROWS, count - from);
                double[][] logits = pass.forward(observations, from, rows);
                for (int r = 0; r < rows; r++) {
                    writeLogs(logits[r], row);
                    int first = (from + r) * row.length;
                    double total = 0;
                    for (int b = 0; b < row.length; b++) {
                        total += weights[first + b];
                    }
                    for (int b = 0; b < row.length; b++) {
                        gradients[r][b] = weights[first + b] - total * StrictMath.exp(row[b]);
                    }
                }
                pass.addGradients(rows);
            }
            pass.drain(into, 0);
        }

        @Override
        public void addScores(double[] observations, double[] actions, int count, double[] weights, double[] into) {
            double[][] gradients = pass.outputGradients();
            for (int from = 0; from < count; from += NetworkPass.ROWS) {
                int rows = Math.min(NetworkPass.ROWS, count - from);
                double[][] logits = pass.forward(observations, from, rows);
                for (int r = 0; r < rows; r++) {
                    double weight = weights[from + r];
                    writeLogs(logits[r], row);
                    for (int b = 0; b < row.length; b++) {
                        gradients[r][b] = -weight * StrictMath.exp(row[b]);
                    }
                    gradients[r][(int) actions[from + r]] += weight;
                }
                pass.addGradients(rows);
            }
            pass.drain(into, 0);
        }
    }
}
