package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.TaskExperts;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Inverse reinforcement learning on a classic control task; see {@link io.stackel.problem.InverseProblem}.
 *
 * @param reward r_x
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param experts what they did
 */
record TaskInverse(TaskReward reward, double discount, double entropyWeight, double regularization, ExpertPaths experts)
        implements TaskExperts, TaskProblem {

    private static final double[] NO_STATES = {};

    @Override
    public void addExpertGradient(DenseVector upper, double weight, double[] into) {
        int steps = experts.steps();
        int inputs = reward.network().inputs();
        TaskReward.Pass pass = reward.at(upper.values());
        double[] features = new double[Math.multiplyExact(steps, inputs)];
        for (int t = 0; t < steps; t++) {
            pass.writeFeatures(
                    experts.observations(),
                    t * observationSize(),
                    experts.actions(),
                    t * actionSize(),
                    features,
                    t * inputs);
        }
        pass.addGradients(features, steps, VectorMath.scaled(weight, experts.weights(discount)), into);
    }

    @Override
    public double[] ends() {
        return NO_STATES;
    }
}
