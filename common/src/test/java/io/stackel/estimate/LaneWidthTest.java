package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.SmallProblems;
import io.stackel.policy.Activation;
import io.stackel.policy.MlpGaussian;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums do not depend on how many trajectories are played side by side. */
class LaneWidthTest {

    private static final int HORIZON = 30;

    @ParameterizedTest
    @ValueSource(strings = {"cart-pole", "pendulum"})
    void sumsAreTheSameBitsForEveryLaneWidth(String task) {
        TrajectoryProblem problem = problem(task);
        Network network =
                Network.of(problem.observationSize(), List.of(12, 9), 1 + problem.actions() / 2, Activation.TANH);
        Policy policy = problem.actions() > 0 ? new MlpSoftmax(network, 3) : new MlpGaussian(network, 0.8, 3);
        ValueNetwork values = ValueNetwork.of(problem.observationSize(), List.of(11), 20, 4);
        BatchRequest request = request(problem, policy, values);
        double[] narrow = sums(problem, policy, values, request, 2);
        assertThat(narrow).isNotEqualTo(new double[narrow.length]);
        for (int lanes : new int[] {3, 8, 32, 45}) {
            assertThat(sums(problem, policy, values, request, lanes))
                    .as("%d lanes", lanes)
                    .containsExactly(narrow);
        }
    }

    private static TrajectoryProblem problem(String task) {
        return SmallProblems.rewardShaping(task, 0.95, 0.1);
    }

    private static BatchRequest request(TrajectoryProblem problem, Policy policy, ValueNetwork values) {
        double[] phi = values.start();
        double[] moved = policy.uniform();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += 0.1 * StrictMath.sin(i);
        }
        for (int i = 0; i < phi.length; i++) {
            phi[i] += 0.1 * StrictMath.cos(i);
        }
        double[] x = new double[problem.upperSize()];
        Arrays.fill(x, 0.3);
        Purpose training = Purpose.TRAINING;
        ShuffledUnits part = new ShuffledUnits(40, 7, 1);
        List<Estimand> estimands = List.of(
                new ValueGradient(
                        new Units(training, 0, 21),
                        0,
                        new FollowerPair(0, 1, Coupling.SHARED),
                        new Combination(5, 0.5, 0.5),
                        Wanted.BOTH,
                        false),
                new ActorCriticStep(training, 1, 22, 0, 0, 1, 0, 2, 0.7, 0.2, false, part),
                new ActorCriticStep(training, 2, 22, 0, 1, 1, 1, 2, 0, 0.1, false, part));
        List<Follower> followers = List.of(
                Follower.withValues(policy.uniform(), phi),
                Follower.withValues(moved, phi),
                Follower.withValues(moved, values.start()));
        return new BatchRequest(5, 2, 1, 0, HORIZON, 22, 0.9, false, List.of(x), followers, estimands);
    }

    private static double[] sums(
            TrajectoryProblem problem, Policy policy, ValueNetwork values, BatchRequest request, int lanes) {
        ChunkEvaluator evaluator = new ChunkEvaluator.Source(problem, policy, Optional.of(values), lanes).open(request);
        double[] sums = new double[evaluator.sumLength()];
        evaluator.evaluate(0, sums, new long[evaluator.counterLength()], new TransitionCounts(0));
        return sums;
    }
}
