package io.stackel.families;

import io.stackel.problem.Simulator;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A classic control task whose reward r_x is learnt, while the leader's reward is the true one, the task's own.
 *
 * <p>The follower observes the scaled observation and a constant 1.
 */
interface TaskProblem extends Regularized {

    /** r_x. */
    TaskReward reward();

    @Override
    default int upperSize() {
        return reward().network().parameters();
    }

    @Override
    default DenseVector upperStart(RandomStream random) {
        return reward().start(random);
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
