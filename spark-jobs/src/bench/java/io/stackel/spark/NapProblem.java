package io.stackel.spark;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A lottery whose every trajectory takes the same time and no processor: work for more cores than a machine has.
 *
 * @param nanos of a trajectory
 * @param upperSize the length of x
 */
record NapProblem(long nanos, int upperSize) implements TrajectoryProblem {

    @Override
    public DenseVector upperStart(RandomStream random) {
        return new DenseVector(new double[upperSize]);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return 0;
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {}

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 1;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public double discount() {
        return 0.9;
    }

    @Override
    public double entropyWeight() {
        return 0.1;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Simulator() {

            @Override
            public void start(RandomStream random) {
                long end = System.nanoTime() + nanos;
                for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }

            @Override
            public void observe(double[] into) {
                into[0] = 0;
            }

            @Override
            public void step(int action, RandomStream random, Step into) {
                into.rewards(action, action);
                into.terminate();
            }
        };
    }
}
