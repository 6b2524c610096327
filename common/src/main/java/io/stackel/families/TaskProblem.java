package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.Simulator;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A classic control task whose reward r_x is learnt, while the leader's reward is the true one, the task's own:
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 *
 * <p>The follower observes the scaled observation and a constant 1.
 */
interface TaskProblem extends TrajectoryProblem {

    /** r_x. */
    TaskReward reward();

    /** At least 0. */
    double regularization();

    @Override
    default int upperSize() {
        return reward().network().parameters();
    }

    @Override
    default DenseVector upperStart(RandomStream random) {
        return reward().start(random);
    }

    @Override
    default double upperTerm(DenseVector upper) {
        return regularization() / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    default void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization(), upper.values(), into);
    }

    @Override
    default int actions() {
        return reward().task().actions();
    }

    @Override
    default int actionSize() {
        return reward().task().actionSize();
    }

    @Override
    default int observationSize() {
        return reward().task().size() + 1;
    }

    @Override
    default Simulator simulator(DenseVector upper, int context) {
        return new TaskSimulator(reward(), upper.values());
    }
}
