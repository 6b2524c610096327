package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.families.SmallProblems;
import io.stackel.policy.Activation;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActorCriticEstimatorTest {

    private static final int UNITS = 24;

    private final TrajectoryProblem problem = SmallProblems.rewardShaping("cart-pole", 0.9, 0.2);
    private final MlpSoftmax policy =
            new MlpSoftmax(Network.of(problem.observationSize(), List.of(6), 2, Activation.TANH), 1);
    private final ValueNetwork values = ValueNetwork.of(problem.observationSize(), List.of(5), 10, 2);

    private double[] theta(double by) {
        double[] theta = policy.uniform();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += by * StrictMath.sin(1 + i);
        }
        return theta;
    }

    private BatchResult evaluate(int horizon, double traceDecay, Estimand... estimands) {
        double[] phi = values.start();
        for (int i = 0; i < phi.length; i++) {
            phi[i] += 0.2 * StrictMath.cos(i);
        }
        double[] x = new double[problem.upperSize()];
        Arrays.fill(x, 0.5);
        BatchRequest request = new BatchRequest(
                3,
                1,
                2,
                0,
                horizon,
                UNITS,
                traceDecay,
                false,
                List.of(x),
                List.of(
                        Follower.withValues(theta(0.3), phi),
                        Follower.withValues(theta(0.4), phi),
                        Follower.withValues(theta(3), phi)),
                List.of(estimands));
        return FirstChunk.evaluate(new ChunkEvaluator.Source(problem, policy, Optional.of(values)), request);
    }

    private static ActorCriticStep learner(int first, int second, int own, int learner, double clip, long from, int n) {
        return new ActorCriticStep(
                Purpose.TRAINING,
                4,
                n,
                0,
                first,
                second,
                own,
                learner,
                0.3,
                clip,
                false,
                new ShuffledUnits(UNITS, from, 0));
    }

    private double[] policyPart(BatchResult result) {
        return Arrays.copyOf(result.estimate(0).lowerGradient(), policy.parameters());
    }

    @Test
    void oneStepTrajectoriesOfOnesOwnGiveThePolicyGradient() {
        BatchResult direct = evaluate(
                1,
                1,
                new ValueGradient(
                        new Units(Purpose.TRAINING, 4, UNITS),
                        0,
                        FollowerPair.alone(0),
                        Combination.ascent(0.3),
                        Wanted.LOWER,
                        false));
        BatchResult learnt = evaluate(1, 1, learner(0, 0, 0, 0, 0.2, 0, UNITS));
        double[] expected = direct.estimate(0).lowerGradient();
        double[] part = policyPart(learnt);
        for (int i = 0; i < expected.length; i++) {
            // ValueGradient descends on f2 f - c J with f = -U: the same direction, k U included
            assertThat(part[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void minibatchesOfAnyEpochAreTheWholeBatchAgain() {
        BatchResult whole = evaluate(20, 0.9, learner(0, 1, 0, 0, 0.2, 0, UNITS));
        double[] sum = new double[whole.estimate(0).lowerGradient().length];
        long steps = 0;
        for (int part = 0; part < 3; part++) {
            ActorCriticStep one = learner(0, 1, 0, 0, 0.2, 0, 8);
            ActorCriticStep shuffled = new ActorCriticStep(
                    one.purpose(),
                    one.stream(),
                    8,
                    0,
                    0,
                    1,
                    0,
                    0,
                    0.3,
                    0.2,
                    false,
                    new ShuffledUnits(UNITS, 8L * part, 5));
            BatchResult result = evaluate(20, 0.9, shuffled);
            steps += result.steps();
            double[] gradient = result.estimate(0).lowerGradient();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i] / 3;
            }
        }
        assertThat(steps).isEqualTo(whole.steps());
        double[] expected = whole.estimate(0).lowerGradient();
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).isCloseTo(expected[i], within(1e-10));
        }
    }

    @Test
    void whatHasMovedBeyondTheClipTeachesThePolicyNothing() {
        double[] near = policyPart(evaluate(1, 1, learner(0, 0, 0, 1, Double.POSITIVE_INFINITY, 0, UNITS)));
        double[] far = policyPart(evaluate(1, 1, learner(0, 0, 0, 2, 1e-9, 0, UNITS)));
        double[] free = policyPart(evaluate(1, 1, learner(0, 0, 0, 2, Double.POSITIVE_INFINITY, 0, UNITS)));
        assertThat(near).isNotEqualTo(new double[near.length]);
        assertThat(far).isNotEqualTo(free);
    }

    /** In one step the mixture of both players is the even one exactly: the expectations agree; here within 5 errors. */
    @Test
    void partnersTrajectoriesGiveTheSameExpectation() {
        requireSameExpectation(learner(0, 0, 0, 0, 0.2, 0, UNITS), learner(0, 1, 0, 0, 0.2, 0, UNITS));
    }

    /** The same for a policy that does not play. */
    @Test
    void trajectoriesOfTwoOthersGiveAThirdPolicyTheSameExpectation() {
        requireSameExpectation(learner(1, 1, 1, 1, 0.2, 0, UNITS), learner(0, 2, 1, 1, 0.2, 0, UNITS));
    }

    private void requireSameExpectation(ActorCriticStep alone, ActorCriticStep mixture) {
        BatchResult own = evaluate(1, 1, alone);
        BatchResult shared = evaluate(1, 1, mixture);
        double error = StrictMath.hypot(
                own.estimate(0).lowerStandardError(), shared.estimate(0).lowerStandardError());
        double distance = 0;
        for (int i = 0; i < policy.parameters(); i++) {
            double d = own.estimate(0).lowerGradient()[i] - shared.estimate(0).lowerGradient()[i];
            distance += d * d;
        }
        assertThat(Math.sqrt(distance)).isLessThan(5 * error);
    }

    @Test
    void placesBeyondTheBatchAreRefused() {
        assertThatThrownBy(() -> new ShuffledUnits(8, 8, 0)).hasMessage("from must be in [0, 8), but was 8");
    }
}
