package io.stackel.families;

import io.stackel.mdp.ClassicControl;
import io.stackel.mdp.Environment;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A leader shapes the follower's reward of a classic control task by a potential, so that the true return rises:
 *
 * <pre>
 *   follower:  r(t) + discount Phi_x(o(t+1)) - Phi_x(o(t))        Phi_x(o) = sum_j x_j phi_j(o), and 0 after the end
 *   leader:    r(t), the task's own reward;  upperTerm(x) = cost |x|^2 / 2
 * </pre>
 *
 * <p>The features phi are the d components of the scaled observation, then their products, in all
 * d + d (d + 1) / 2. Shaping by a potential leaves the best policies of the task best and changes what is learnt on
 * the way there; with entropy and an unsolved lower level it changes where the follower ends.
 *
 * <p>Source: Ng, Harada, Russell, Policy invariance under reward transformations, ICML 1999. The time limit cuts, it does
 * not end: the value after the last step is not zero.
 */
final class RewardShaping implements TrajectoryProblem {

    private final ClassicControl task;
    private final double[] scale;
    private final int actions;
    private final int actionSize;
    private final double discount;
    private final double entropyWeight;
    private final double cost;

    /**
     * A task to be shaped.
     *
     * @param discount in [0, 1)
     * @param entropyWeight tau, at least 0
     * @param cost half of it times the squared x is paid by the leader, at least 0
     */
    RewardShaping(ClassicControl task, double discount, double entropyWeight, double cost) {
        this.task = task;
        this.discount = discount;
        this.entropyWeight = entropyWeight;
        this.cost = cost;
        Environment environment = task.open();
        actions = environment.actions();
        actionSize = environment.actionSize();
        scale = scale(task);
    }

    /** What a component of the observation is divided by: about its largest value. */
    private static double[] scale(ClassicControl task) {
        return switch (task) {
            case CART_POLE -> new double[] {2.4, 3, 0.21, 3};
            case MOUNTAIN_CAR -> new double[] {1.2, 0.07};
            case ACROBOT -> new double[] {1, 1, 1, 1, 4 * StrictMath.PI, 9 * StrictMath.PI};
            case PENDULUM -> new double[] {1, 1, 8};
        };
    }

    /** The number of features of the potential for an observation of this size. */
    static int potentialFeatures(int observationSize) {
        return observationSize + observationSize * (observationSize + 1) / 2;
    }

    @Override
    public int upperSize() {
        return potentialFeatures(scale.length);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        double squares = 0;
        for (double x : upper.values()) {
            squares += x * x;
        }
        return 0.5 * cost * squares;
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += cost * upper.values()[i];
        }
    }

    @Override
    public int actions() {
        return actions;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public int observationSize() {
        return scale.length + 1;
    }

    @Override
    public double discount() {
        return discount;
    }

    @Override
    public double entropyWeight() {
        return entropyWeight;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Shaped(task.open(), upper.values());
    }

    /** The task with the shaped reward; the follower observes the scaled observation and a constant 1. */
    private final class Shaped implements Simulator {

        private final Environment environment;
        private final double[] upper;
        private final double[] observation;
        private final double[] before;
        private final double[] after;
        private final double[] numbered = new double[1];

        Shaped(Environment environment, double[] upper) {
            this.environment = environment;
            this.upper = upper;
            observation = new double[scale.length];
            before = new double[upper.length];
            after = new double[upper.length];
        }

        @Override
        public void start(RandomStream random) {
            environment.start(random);
            read();
        }

        private void read() {
            environment.observe(observation);
            for (int i = 0; i < scale.length; i++) {
                observation[i] /= scale[i];
            }
            int next = scale.length;
            for (int i = 0; i < scale.length; i++) {
                after[i] = observation[i];
                for (int j = i; j < scale.length; j++) {
                    after[next++] = observation[i] * observation[j];
                }
            }
        }

        @Override
        public void observe(double[] into) {
            System.arraycopy(observation, 0, into, 0, scale.length);
            into[scale.length] = 1;
        }

        @Override
        public void step(int action, RandomStream random, Step into) {
            numbered[0] = action;
            step(numbered, random, into);
        }

        @Override
        public void step(double[] action, RandomStream random, Step into) {
            System.arraycopy(after, 0, before, 0, before.length);
            double reward = environment.step(action);
            if (environment.terminated()) {
                Arrays.fill(after, 0);
                into.terminate();
            } else {
                read();
            }
            double shaping = 0;
            for (int i = 0; i < upper.length; i++) {
                double difference = discount * after[i] - before[i];
                shaping += upper[i] * difference;
                into.lowerRewardGradient().add(i, difference);
            }
            into.rewards(reward + shaping, reward);
        }
    }
}
