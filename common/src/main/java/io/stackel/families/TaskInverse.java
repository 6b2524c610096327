package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.Simulator;
import io.stackel.problem.TaskExperts;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Inverse reinforcement learning on a classic control task; see {@link io.stackel.problem.InverseProblem}.
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 *
 * <p>The follower observes the scaled observation and a constant 1; the true reward is the task's own.
 *
 * @param reward r_x
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param experts what they did
 */
record TaskInverse(TaskReward reward, double discount, double entropyWeight, double regularization, ExpertPaths experts)
        implements TaskExperts {

    private static final double[] NO_STATES = {};

    @Override
    public int upperSize() {
        return reward.network().parameters();
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        return reward.start(random);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return regularization / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization, upper.values(), into);
    }

    @Override
    public int actions() {
        return reward.task().actions();
    }

    @Override
    public int actionSize() {
        return reward.task().actionSize();
    }

    @Override
    public int observationSize() {
        return reward.task().size() + 1;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new TaskSimulator(reward, upper.values());
    }

    @Override
    public void addExpertGradient(DenseVector upper, double weight, double[] into) {
        int steps = experts.steps();
        int inputs = reward.network().inputs();
        TaskReward.Pass pass = reward.at(upper.values());
        double[] features = new double[Math.multiplyExact(steps, inputs)];
        for (int t = 0; t < steps; t++) {
            pass.writeFeatures(
                    row(experts.observations(), t, observationSize()),
                    row(experts.actions(), t, actionSize()),
                    features,
                    t * inputs);
        }
        pass.addGradients(features, steps, VectorMath.scaled(weight, experts.weights(discount)), into);
    }

    private static double[] row(double[] rows, int number, int size) {
        return Arrays.copyOfRange(rows, number * size, (number + 1) * size);
    }

    @Override
    public double[] ends() {
        return NO_STATES;
    }
}
