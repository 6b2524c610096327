package io.stackel.families;

import io.stackel.policy.Activation;
import io.stackel.policy.Network;
import io.stackel.policy.NetworkPass;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.SparseGradient;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
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

    /** A control task in the place of a random world. */
    static final Parameter TASK = Parameter.choice(
                    "task",
                    "cart-pole",
                    ScaledTask.words(),
                    "Control task, as in Gymnasium, in place of a random process.")
            .optional();

    static final Parameter STATES =
            Parameter.whole("states", 10, Range.closed(1, 10_000), "Number of states; only without a task.");

    static final Parameter ACTIONS =
            Parameter.whole("actions", 4, Range.closed(1, 1_000), "Number of actions; only without a task.");

    static final Parameter HIDDEN = Parameter.wholes(
                    "rewardHidden",
                    List.of(16L),
                    Range.closed(1, 10_000),
                    "Width of each hidden layer of the reward model, of tanh units; only on a task, linear if left out.")
            .optional();

    /** The reward model of the settings on their task. */
    static TaskReward of(Settings settings) {
        ScaledTask task = ScaledTask.of(settings.text("task"));
        String features = settings.text("features");
        if (features.equals("one-hot")) {
            throw new IllegalArgumentException(
                    "problem.features must be linear or products on a task, but was " + features);
        }
        boolean products = features.equals("products");
        boolean ofStates = !settings.text("featuresOf").equals("actions");
        boolean ofActions = !settings.text("featuresOf").equals("states");
        List<Integer> hidden = settings.has("rewardHidden") ? settings.counts("rewardHidden") : List.of();
        int inputs = (ofStates ? task.features(products) : 0) + (ofActions ? task.actionFeatures(products) : 0);
        return new TaskReward(task, Network.of(inputs, hidden, 1, Activation.TANH), products, ofStates, ofActions);
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

        private Pass(NetworkPass pass) {
            this.pass = pass;
        }

        /** Writes the features of a step, whose observation and action stand in arrays of steps, from {@code at} on. */
        void writeFeatures(
                double[] observations, int observationAt, double[] actions, int actionAt, double[] into, int at) {
            if (ofStates) {
                task.writeFeatures(observations, observationAt, products, into, at);
            }
            if (ofActions) {
                int actionFeatures = ofStates ? at + task.features(products) : at;
                task.writeActionFeatures(actions, actionAt, products, into, actionFeatures);
            }
        }

        /** The reward of a step; its gradient in x goes to {@code into}. */
        double reward(double[] observation, double[] action, SparseGradient into) {
            writeFeatures(observation, 0, action, 0, row, 0);
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
