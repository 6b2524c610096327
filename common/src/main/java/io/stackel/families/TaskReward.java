package io.stackel.families;

import io.stackel.policy.Network;
import io.stackel.policy.NetworkPass;
import io.stackel.problem.SparseGradient;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A reward model on a control task: a network of features of the scaled observation and the action, whose parameters are x.
 * Without hidden layers it is linear in the features, and x their weights and a constant.
 *
 * @param network with one output
 * @param products whether products of components are features, too
 * @param ofStates whether the observation is seen
 * @param ofActions whether the action is seen
 */
record TaskReward(ScaledTask task, Network network, boolean products, boolean ofStates, boolean ofActions) {

    TaskReward {
        int features = inputs(task, products, ofStates, ofActions);
        if (network.inputs() != features || network.outputs() != 1) {
            throw new IllegalArgumentException("network must have " + features + " inputs and 1 output, but has "
                    + network.inputs() + " and " + network.outputs());
        }
    }

    /** The number of features. */
    static int inputs(ScaledTask task, boolean products, boolean ofStates, boolean ofActions) {
        return (ofStates ? task.features(products) : 0) + (ofActions ? task.actionFeatures(products) : 0);
    }

    /** Where x starts: hidden weights are drawn, since learning does not leave their zero; the reward is zero. */
    DenseVector start(RandomStream random) {
        double[] x = new double[network.parameters()];
        network.start(random.nextLong(), x);
        return new DenseVector(x);
    }

    /** The model at x, for one thread. */
    Pass at(double[] x) {
        return new Pass(network.at(x));
    }

    /** The model at parameters that stay as they are now; one thread's. */
    final class Pass {

        private final NetworkPass pass;
        private final double[] row = new double[network.inputs()];
        private final double[] gradient = new double[network.parameters()];
        private final double[] observation = new double[task.size()];
        private final double[] action = new double[task.actionSize()];

        private Pass(NetworkPass pass) {
            this.pass = pass;
        }

        /** Writes the features of a step, from {@code at} on. */
        void writeFeatures(double[] observation, double[] action, double[] into, int at) {
            if (ofStates) {
                task.writeFeatures(observation, products, row);
            }
            if (ofActions) {
                task.writeActionFeatures(action, products, row, ofStates ? task.features(products) : 0);
            }
            System.arraycopy(row, 0, into, at, row.length);
        }

        /** Writes the features of a step that stands in arrays of steps. */
        void writeFeatures(
                double[] observations, int observationAt, double[] actions, int actionAt, double[] into, int at) {
            System.arraycopy(observations, observationAt, observation, 0, observation.length);
            System.arraycopy(actions, actionAt, action, 0, action.length);
            writeFeatures(observation, action, into, at);
        }

        /** The reward of a step; its gradient in x goes to {@code into}. */
        double reward(double[] observation, double[] action, SparseGradient into) {
            writeFeatures(observation, action, row, 0);
            double reward = pass.forward(row, 0, 1)[0][0];
            pass.outputGradients()[0][0] = 1;
            pass.addGradients(1);
            Arrays.fill(gradient, 0);
            pass.drain(gradient, 0);
            for (int i = 0; i < gradient.length; i++) {
                into.add(i, gradient[i]);
            }
            return reward;
        }

        /** Writes the rewards of rows of features. */
        void rewards(double[] features, int rows, double[] into) {
            for (int from = 0; from < rows; from += NetworkPass.ROWS) {
                int some = Math.min(NetworkPass.ROWS, rows - from);
                double[][] outputs = pass.forward(features, from, some);
                for (int r = 0; r < some; r++) {
                    into[from + r] = outputs[r][0];
                }
            }
        }

        /** Adds the gradient in x of the sum of rewards of rows of features, each times its weight. */
        void addGradients(double[] features, int rows, double[] weights, double[] into) {
            for (int from = 0; from < rows; from += NetworkPass.ROWS) {
                int some = Math.min(NetworkPass.ROWS, rows - from);
                pass.forward(features, from, some);
                for (int r = 0; r < some; r++) {
                    pass.outputGradients()[r][0] = weights[from + r];
                }
                pass.addGradients(some);
            }
            pass.drain(into, 0);
        }
    }
}
