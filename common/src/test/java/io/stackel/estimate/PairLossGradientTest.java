package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferencePairs;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairLossGradientTest {

    private static final double[] X = {0.3, -0.2, 0.5, 1, -1, 0.1};
    private static final double[] OWN = {0.4, 0, -0.6, 0.2, 1, 0};
    private static final double[] OTHER = {0, 1, 0.2, -0.3, 0, 0.5};
    private static final int UNITS = 50;

    private final FinitePreferences problem = SmallProblems.preferences(Map.of("latestStart", 2L, "noise", 0.1));
    private final ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, new TabularSoftmax(3, 2));

    @ParameterizedTest(name = "two policies {0}")
    @ValueSource(booleans = {false, true})
    void recordedPairsHaveTheLossAndTheGradientOfTheSums(boolean two) {
        BatchResult.Estimate estimate = evaluate(estimand(two, true), 7).estimate(0);
        PreferencePairs pairs = estimate.pairs();
        assertThat(pairs.size()).isEqualTo(two ? 2 * UNITS : UNITS);
        assertThat(pairs.labels()).containsOnly(0, 1);
        assertThat(pairs.cells()).doesNotContain(PreferencePairs.NO_STEP);
        double[] reward = new double[6];
        problem.lowerReward(new DenseVector(X), 0, reward);
        double[] gradient = new double[6];
        double loss = pairs.addMeanLoss(PairObjective.CROSS_ENTROPY, reward, gradient);
        assertThat(estimate.upperReturn()).isCloseTo(-loss, within(1e-12));
        assertThat(VectorMath.maxAbs(VectorMath.minus(estimate.upperGradient(), gradient)))
                .isLessThan(1e-12);
    }

    @Test
    void chunksOfAnotherLengthDrawTheSamePairs() {
        PreferencePairs coarse = evaluate(estimand(true, true), 50).estimate(0).pairs();
        PreferencePairs fine = evaluate(estimand(true, true), 3).estimate(0).pairs();
        assertThat(fine.cells()).containsExactly(coarse.cells());
        assertThat(fine.labels()).containsExactly(coarse.labels());
    }

    /** The same trajectories give the same gradients whether they are recorded or not, and other purposes other labels. */
    @Test
    void recordsChangeNothingElse() {
        BatchResult.Estimate with = evaluate(estimand(true, true), 7).estimate(0);
        BatchResult.Estimate without = evaluate(estimand(true, false), 7).estimate(0);
        assertThat(without.lowerGradient()).containsExactly(with.lowerGradient());
        assertThat(without.upperStandardError()).isEqualTo(with.upperStandardError());
        assertThatThrownBy(without::pairs).hasMessage("an estimand must record preferences for its pairs to be read");
    }

    @Test
    void labelsAreDrawnWithTheirProbability() {
        PreferencePairs pairs =
                evaluate(estimand(false, true, 20_000), 500).estimate(0).pairs();
        double[] truth = new double[6];
        problem.upperReward(new DenseVector(X), 0, truth);
        double excess = 0;
        double variance = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int from = 4 * i;
            int[] cells = pairs.cells();
            double difference =
                    truth[cells[from + 2]] + truth[cells[from + 3]] - truth[cells[from]] - truth[cells[from + 1]];
            double p = problem.pairs().preference(difference);
            double weight = difference > 0 ? 1 : -1;
            excess += weight * (pairs.labels()[i] - p);
            variance += p * (1 - p);
        }
        assertThat(Math.abs(excess) / Math.sqrt(variance))
                .as("a normal score, beyond 5 once in 1.7 million seeds")
                .isLessThan(5);
        assertThat(Arrays.stream(pairs.labels()).distinct().toArray()).hasSize(2);
    }

    private static PairLossGradient estimand(boolean two, boolean recorded) {
        return estimand(two, recorded, UNITS);
    }

    private static PairLossGradient estimand(boolean two, boolean recorded, long units) {
        int first = two ? 0 : 1;
        double weight = two ? 0.5 : 0;
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.TRAINING, 0, units),
                0,
                new FollowerPair(first, 1, Coupling.SHARED),
                new Combination(0, weight, 1 - weight),
                Wanted.BOTH,
                false);
        FinitePreferences problem = SmallProblems.preferences(Map.of("latestStart", 2L, "noise", 0.1));
        return new PairLossGradient(terms, problem.pairs(), 0.5, recorded ? 1 : 0);
    }

    private BatchResult evaluate(Estimand estimand, int unitsPerChunk) {
        BatchRequest request = new BatchRequest(
                5,
                0,
                0,
                0,
                10,
                unitsPerChunk,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(X),
                List.of(Follower.plain(OWN), Follower.plain(OTHER)),
                List.of(estimand));
        return RangeSums.merge(
                source, request, List.of(RangeSums.evaluate(source.open(request), request, 0, request.chunks())));
    }
}
