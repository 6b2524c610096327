package example.toll;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A walker on [0, 1] waits or takes a stride of random length; reaching 1 pays 1 and ends the walk. Every stride costs the
 * walker the toll x, which the leader collects and pays tax on:
 *
 * <pre>
 *   r = 1{arrived} - x 1{stride}        u = x 1{stride}        upperTerm = tax/2 x^2
 * </pre>
 *
 * @param tax at least 0
 * @param entropyWeight tau
 */
record TollWalk(double tax, double entropyWeight) implements TrajectoryProblem {

    private static final int STRIDE = 1;

    @Override
    public int upperSize() {
        return 1;
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return tax / 2 * upper.apply(0) * upper.apply(0);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        into[0] += tax * upper.apply(0);
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public double discount() {
        return 0.9;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Walker(upper.apply(0));
    }

    private static final class Walker implements Simulator {

        private final double toll;
        private double position;

        Walker(double toll) {
            this.toll = toll;
        }

        @Override
        public void start(RandomStream random) {
            position = 0.5 * random.nextDouble();
        }

        @Override
        public void observe(double[] into) {
            into[0] = 1;
            into[1] = position;
        }

        @Override
        public void step(int action, RandomStream random, Step into) {
            if (action != STRIDE) {
                return;
            }
            position += 0.2 + 0.2 * random.nextDouble();
            into.rewards((position >= 1 ? 1 : 0) - toll, toll);
            into.lowerRewardGradient().add(0, -1);
            into.upperRewardGradient().add(0, 1);
            if (position >= 1) {
                into.terminate();
            }
        }
    }
}
