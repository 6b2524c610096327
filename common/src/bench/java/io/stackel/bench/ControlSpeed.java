package io.stackel.bench;

import io.stackel.estimate.ActorCriticStep;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Returns;
import io.stackel.estimate.ShuffledUnits;
import io.stackel.estimate.TransitionCounts;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.families.Families;
import io.stackel.policy.Activation;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CartPole steps a second of one thread's processor time, of the engine's own chunk evaluator: playing alone, with the
 * policy's gradient, and with that and the fit of a value network of the same size. Processor time, because a machine that
 * others use as well has no other.
 */
public final class ControlSpeed {

    private static final double USUAL_SECONDS = 3;
    private static final double NANO = 1e-9;
    private static final List<Integer> HIDDEN = List.of(64, 64);

    private ControlSpeed() {}

    /** Prints the table as Markdown; an argument is the seconds of one measurement in the place of 3. */
    public static void main(String[] arguments) {
        double length = arguments.length > 0 ? Double.parseDouble(arguments[0]) : USUAL_SECONDS;
        TrajectoryProblem problem = (TrajectoryProblem) Families.all().stream()
                .filter(family -> family.name().equals("reward-shaping"))
                .findFirst()
                .orElseThrow()
                .create(Settings.of(Map.of(
                        "task",
                        "cart-pole",
                        "discount",
                        0.99,
                        "entropyWeight",
                        0.01,
                        "cost",
                        0.01,
                        "shaping",
                        "potential",
                        "rewards",
                        "dense",
                        "features",
                        "products")));
        int inputs = problem.observationSize();
        long units = 1L << 40;
        Estimand play = new Returns(Purpose.TRAINING, 0, units, 0, 0);
        Estimand gradient = new ValueGradient(new Units(Purpose.TRAINING, 0, units), 0, FollowerPair.alone(0), Combination.ascent(0), Wanted.LOWER, false);
        Estimand learn = new ActorCriticStep(
                Purpose.TRAINING, 0, units, 0, 0, 0, 0, 0, 0, 0.2, false, new ShuffledUnits(units, 0, 0));
        Map<String, Policy> policies = Map.of(
                "linear", new LinearSoftmax(inputs, 2),
                "64 x 64, tanh", new MlpSoftmax(Network.of(inputs, HIDDEN, 2, Activation.TANH), 0),
                "64 x 64, relu", new MlpSoftmax(Network.of(inputs, HIDDEN, 2, Activation.RELU), 0));
        System.out.println("| policy | playing | with the gradient | with the gradient and the values' fit |");
        System.out.println("|---|---|---|---|");
        for (String name : List.of("linear", "64 x 64, tanh", "64 x 64, relu")) {
            Policy policy = policies.get(name);
            List<Integer> hidden = name.equals("linear") ? List.of() : HIDDEN;
            ValueNetwork values = ValueNetwork.of(inputs, hidden, 100, 1);
            System.out.printf(
                    "| %s | %.0f | %.0f | %.0f |%n",
                    name,
                    speed(problem, policy, values, play, length),
                    speed(problem, policy, values, gradient, length),
                    speed(problem, policy, values, learn, length));
        }
    }

    private static double speed(TrajectoryProblem problem, Policy policy, ValueNetwork values, Estimand estimand, double length) {
        Follower follower = estimand instanceof ActorCriticStep
                ? Follower.withValues(policy.uniform(), values.start())
                : Follower.plain(policy.uniform());
        BatchRequest request = new BatchRequest(
                0, 0, 0, 0, 500, 64, BatchRequest.ALL_RESIDUALS, false, List.of(new double[problem.upperSize()]), List.of(follower), List.of(estimand));
        ChunkEvaluator evaluator = new ChunkEvaluator.Source(problem, policy, Optional.of(values)).open(request);
        double[] sums = new double[evaluator.sumLength()];
        TransitionCounts counts = new TransitionCounts(0);
        long chunk = 0;
        double speed = 0;
        for (int round = 0; round < 2; round++) {
            long[] counters = new long[evaluator.counterLength()];
            double start = seconds();
            while (seconds() < start + length) {
                evaluator.evaluate(chunk++, sums, counters, counts);
            }
            long steps = counters[1];
            speed = steps / (seconds() - start);
        }
        return speed;
    }

    private static double seconds() {
        return NANO * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
