package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.policy.Activation;
import io.stackel.policy.Critic;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class SoftSarsaEstimatorTest {

    private static final int UNITS = 6;
    private static final int STEPS = 3;
    private static final int ACTIONS = 3;
    private static final double TAU = 0.3;
    private static final double DISCOUNT = 0.9;
    private static final double SCALE = 5;
    private static final double K = 0.7;

    private final MlpSoftmax policy = new MlpSoftmax(Network.of(2, List.of(4), ACTIONS, Activation.TANH), 1);
    private final ValueNetwork values = ValueNetwork.ofActions(2, List.of(4), ACTIONS, SCALE, 2);

    /** Three steps with the same observation, rewards t + 1 for the follower and 10 (t + 1) for the leader, then the end. */
    private record Stairs() implements TrajectoryProblem {

        @Override
        public int upperSize() {
            return 1;
        }

        @Override
        public int actions() {
            return ACTIONS;
        }

        @Override
        public int observationSize() {
            return 2;
        }

        @Override
        public double discount() {
            return DISCOUNT;
        }

        @Override
        public double entropyWeight() {
            return TAU;
        }

        @Override
        public Simulator simulator(DenseVector upper, int context) {
            return new Simulator() {

                private int time;

                @Override
                public void start(RandomStream random) {
                    time = 0;
                }

                @Override
                public void observe(double[] into) {
                    into[0] = 1;
                    into[1] = -0.5;
                }

                @Override
                public void step(int action, RandomStream random, Step into) {
                    time++;
                    into.rewards(time, 10 * time);
                    if (time == STEPS) {
                        into.terminate();
                    }
                }
            };
        }
    }

    private double[] theta(double by) {
        double[] theta = policy.uniform();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += by * StrictMath.sin(1 + i);
        }
        return theta;
    }

    private double[] phi(double by) {
        double[] phi = values.start();
        for (int i = 0; i < phi.length; i++) {
            phi[i] += by * StrictMath.cos(i);
        }
        return phi;
    }

    private double[] gradient(double[] phi, double traceDecay, int second, int learner, double clip) {
        Estimand estimand = new ActorCriticStep(
                Purpose.TRAINING, 4, UNITS, 0, 0, second, 0, learner, K, clip, true, new ShuffledUnits(UNITS, 0, 0));
        BatchRequest request = new BatchRequest(
                3,
                1,
                2,
                0,
                STEPS,
                UNITS,
                traceDecay,
                false,
                List.of(new double[1]),
                List.of(
                        Follower.withValues(theta(0.3), phi),
                        Follower.withValues(theta(0.5), phi),
                        Follower.withValues(theta(-3), phi)),
                List.of(estimand));
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(new Stairs(), policy, Optional.of(values));
        ChunkEvaluator evaluator = source.open(request);
        double[] sums = new double[evaluator.sumLength()];
        long[] counters = new long[evaluator.counterLength()];
        evaluator.evaluate(0, sums, counters, new TransitionCounts(0));
        return source.read(request, sums, counters, TransitionCounts.Sorted.NONE)
                .estimate(0)
                .lowerGradient();
    }

    private static double centralDifference(double[] at, int i, ToDoubleFunction<double[]> function) {
        double h = 1e-5;
        double[] ahead = at.clone();
        double[] behind = at.clone();
        ahead[i] += h;
        behind[i] -= h;
        return (function.applyAsDouble(ahead) - function.applyAsDouble(behind)) / (2 * h);
    }

    /** What the follower may expect of one step if the values of actions were right. */
    private double expected(double[] theta, double[] phi) {
        double[] observation = {1, -0.5};
        double[] logs = new double[ACTIONS];
        policy.logProbabilities(theta, observation, logs);
        double[] lower = new double[ACTIONS];
        double[] upper = new double[ACTIONS];
        Critic critic = values.at(phi);
        critic.values(observation, 1, lower, upper);
        double total = 0;
        for (int b = 0; b < ACTIONS; b++) {
            total += StrictMath.exp(logs[b]) * (lower[b] + K * upper[b] - TAU * logs[b]);
        }
        return total;
    }

    @Test
    void thePolicyClimbsWhatItExpects() {
        double[] phi = phi(0.2);
        for (int second : new int[] {0, 1}) {
            double[] gradient = gradient(phi, 0.8, second, 0, 0.2);
            for (int i = 0; i < policy.parameters(); i++) {
                double slope = centralDifference(theta(0.3), i, theta -> expected(theta, phi));
                assertThat(gradient[i]).isCloseTo(-STEPS * slope, within(1e-7));
            }
        }
    }

    /** Values of zero: with traceDecay 1 the target is the return from here, with 0 the reward and the entropy to come. */
    @Test
    void valuesAreFittedToWhatFollows() {
        double[] zeros = new double[values.parameters()];
        double[] logs = new double[ACTIONS];
        policy.logProbabilities(theta(0.3), new double[] {1, -0.5}, logs);
        double entropy = 0;
        for (double log : logs) {
            entropy -= StrictMath.exp(log) * log;
        }
        double bonus = DISCOUNT * TAU * entropy;
        double[] rewards = {1, 2, 3};
        for (double traceDecay : new double[] {0, 1}) {
            double lower = 0;
            double upper = 0;
            double lowerTail = 0;
            double upperTail = 0;
            for (int t = STEPS - 1; t >= 0; t--) {
                lowerTail = rewards[t] + (t < STEPS - 1 ? bonus : 0) + traceDecay * DISCOUNT * lowerTail;
                upperTail = 10 * rewards[t] + traceDecay * DISCOUNT * upperTail;
                lower += lowerTail;
                upper += upperTail;
            }
            double[] gradient = gradient(zeros, traceDecay, 0, 0, 0.2);
            double[] biases = Arrays.copyOfRange(gradient, gradient.length - 2 * ACTIONS, gradient.length);
            assertThat(-SCALE * (biases[0] + biases[1] + biases[2])).isCloseTo(lower, within(1e-12));
            assertThat(-SCALE * (biases[3] + biases[4] + biases[5])).isCloseTo(upper, within(1e-11));
        }
    }

    @Test
    void actionsThatHaveMovedBeyondTheClipTeachNothing() {
        double[] phi = phi(0.2);
        double[] free = gradient(phi, 1, 0, 2, Double.POSITIVE_INFINITY);
        double[] clipped = gradient(phi, 1, 0, 2, 1e-9);
        int policySize = policy.parameters();
        assertThat(Arrays.copyOf(clipped, policySize)).isNotEqualTo(Arrays.copyOf(free, policySize));
        assertThat(Arrays.copyOfRange(clipped, policySize, clipped.length))
                .isEqualTo(Arrays.copyOfRange(free, policySize, free.length));
    }
}
