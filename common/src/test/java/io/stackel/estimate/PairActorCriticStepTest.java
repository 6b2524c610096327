package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.policy.Activation;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class PairActorCriticStepTest {

    private static final int UNITS = 24;
    private static final double BASELINE = 0.4;

    private final PreferenceProblem problem =
            SmallProblems.taskPreferences(Map.of("discount", 1 - 1e-12, "entropyWeight", 0.0, "temperature", 0.5));
    private final MlpSoftmax policy =
            new MlpSoftmax(Network.of(problem.observationSize(), List.of(6), 2, Activation.TANH), 1);
    private final ValueNetwork values = ValueNetwork.of(problem.observationSize(), List.of(5), 10, 2);

    private BatchResult evaluate(double[] x, double[] phi, Estimand... estimands) {
        double[] theta = policy.uniform();
        double[] other = theta.clone();
        for (int i = 0; i < theta.length; i++) {
            theta[i] += 0.3 * StrictMath.sin(1 + i);
            other[i] += 0.3 * StrictMath.sin(2 + i);
        }
        BatchRequest request = new BatchRequest(
                3,
                1,
                2,
                0,
                30,
                UNITS,
                1,
                false,
                List.of(x),
                List.of(Follower.withValues(theta, phi), Follower.withValues(other, phi)),
                List.of(estimands));
        return FirstChunk.evaluate(new ChunkEvaluator.Source(problem, policy, Optional.of(values)), request);
    }

    private static ValueGradient terms(int first, int second, double scale, boolean common, boolean lower) {
        return new ValueGradient(
                new Units(Purpose.TRAINING, 4, UNITS),
                0,
                new FollowerPair(first, second, common ? Coupling.COMMON : Coupling.NONE),
                Combination.penalised(scale),
                lower ? Wanted.BOTH : Wanted.UPPER,
                false);
    }

    /** Where the learnt reward and the values are zero and the discount is 1 up to rounding. */
    @Test
    void withoutRewardsAndValuesItDescendsOnTheLossOfPairs() {
        double[] x = new double[problem.upperSize()];
        ActorCriticStep step = new ActorCriticStep(
                Purpose.TRAINING,
                4,
                UNITS,
                0,
                0,
                0,
                0,
                0,
                1,
                Double.POSITIVE_INFINITY,
                false,
                new ShuffledUnits(UNITS, 0, 0));
        BatchResult result = evaluate(
                x,
                values.start(),
                new PairActorCriticStep(step, problem.pairs(), BASELINE),
                new PairLossGradient(terms(0, 0, 0, false, true), problem.pairs(), BASELINE, 0));
        double[] learnt = Arrays.copyOf(result.estimate(0).lowerGradient(), policy.parameters());
        double[] direct = result.estimate(1).lowerGradient();
        assertThat(result.estimate(0).upperTotal()).isCloseTo(2 * (BASELINE - StrictMath.log(2)), within(1e-12));
        assertThat(direct).isNotEqualTo(new double[direct.length]);
        for (int i = 0; i < learnt.length; i++) {
            assertThat(learnt[i]).isCloseTo(direct[i], within(1e-9));
        }
    }

    /** A follower without weight on the loss learns nothing of labels, nor of the true reward behind them. */
    @Test
    void withoutWeightOnTheLossTheTrueRewardTeachesNothing() {
        double[] x = new double[problem.upperSize()];
        ActorCriticStep step = new ActorCriticStep(
                Purpose.TRAINING, 4, UNITS, 0, 0, 0, 0, 0, 0, 0.2, false, new ShuffledUnits(UNITS, 0, 0));
        BatchResult result =
                evaluate(x, values.start(), step, new PairActorCriticStep(step, problem.pairs(), BASELINE));
        assertThat(result.estimate(0).upperTotal()).isGreaterThan(5);
        for (int estimand = 0; estimand < 2; estimand++) {
            double[] gradient = result.estimate(estimand).lowerGradient();
            assertThat(VectorMath.maxAbs(gradient)).isZero();
        }
    }

    /** The loss that a batch estimates is that of the pairs that it keeps. */
    @Test
    void keptStepsHaveTheRewardsThatWerePaid() {
        double[] x = new double[problem.upperSize()];
        for (int i = 0; i < x.length; i++) {
            x[i] = StrictMath.cos(i);
        }
        BatchResult.Estimate estimate = evaluate(
                        x,
                        values.start(),
                        new PairLossGradient(terms(0, 0, 0, false, false), problem.pairs(), 0, problem.stepSize()))
                .estimate(0);
        double[] gradient = new double[x.length];
        PreferencePairs pairs = estimate.pairs();
        double loss = problem.addMeanLoss(new DenseVector(x), pairs, gradient);
        assertThat(pairs.size()).isEqualTo(UNITS);
        assertThat(loss).isCloseTo(-estimate.upperReturn(), within(1e-12));
        double[] sampled = estimate.upperGradient();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo(sampled[i], within(1e-12));
        }
    }

    /** With common random numbers pairs of two followers that are alike are alike, and their difference is nothing. */
    @Test
    void alikeFollowersWithCommonNumbersDifferInNothing() {
        double[] x = new double[problem.upperSize()];
        Arrays.fill(x, 0.3);
        double[] phi = values.start();
        double[] theta = policy.uniform();
        BatchRequest request = new BatchRequest(
                3,
                1,
                2,
                0,
                30,
                UNITS,
                1,
                false,
                List.of(x),
                List.of(Follower.withValues(theta, phi), Follower.withValues(theta, phi)),
                List.of(new PairLossGradient(
                        new ValueGradient(
                                new Units(Purpose.TRAINING, 4, UNITS),
                                0,
                                new FollowerPair(0, 1, Coupling.COMMON),
                                new Combination(2, 0.5, -0.5),
                                Wanted.UPPER,
                                false),
                        problem.pairs(),
                        0,
                        0)));
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, policy, Optional.of(values));
        ChunkEvaluator evaluator = source.open(request);
        double[] sums = new double[evaluator.sumLength()];
        evaluator.evaluate(0, sums, new long[evaluator.counterLength()], new TransitionCounts(0));
        for (int i = 0; i < problem.upperSize(); i++) {
            assertThat(sums[i]).isCloseTo(0, within(1e-10));
        }
    }
}
