package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Returns;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.RandomProblem;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.SampleOnly;
import io.stackel.random.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOracleTest {

    private static final RandomProblem PROBLEM = RandomProblem.of(5, 3, 2, 2, 0.3);
    private static final ChunkEvaluator.Source SOURCE = new ChunkEvaluator.Source(PROBLEM, new TabularSoftmax(3, 2));

    @ParameterizedTest(name = "{0} threads, {1} ranges")
    @CsvSource({"1, 1", "1, 2", "1, 7", "1, 1000", "2, 1", "2, 2", "2, 8", "4, 4", "4, 31"})
    void threadsAndRangesDoNotChangeABit(int threads, int ranges) {
        try (LocalOracle reference = LocalOracle.single(SOURCE);
                LocalOracle oracle = new LocalOracle(SOURCE, threads, ranges)) {
            for (int chunkSize : new int[] {1, 3, 64, 1000}) {
                BatchRequest request = request(chunkSize, 3);
                requireSame(oracle.evaluate(request, "same"), reference.evaluate(request, "same"));
            }
        }
    }

    private static void requireSame(BatchResult got, BatchResult wanted) {
        for (int estimand = 0; estimand < 2; estimand++) {
            assertThat(got.estimate(estimand).upperGradient())
                    .containsExactly(wanted.estimate(estimand).upperGradient());
            assertThat(got.estimate(estimand).lowerGradient())
                    .containsExactly(wanted.estimate(estimand).lowerGradient());
            assertThat(got.estimate(estimand).upperReturnStandardError())
                    .isEqualTo(wanted.estimate(estimand).upperReturnStandardError());
        }
        assertThat(got.estimate(0).upperStandardErrors())
                .containsExactly(wanted.estimate(0).upperStandardErrors());
        assertThat(got.steps()).isEqualTo(wanted.steps()).isPositive();
        assertThat(got.transitions().keys())
                .containsExactly(wanted.transitions().keys());
        assertThat(got.transitions().tallies())
                .containsExactly(wanted.transitions().tallies());
    }

    @Test
    void aFailureOnAThreadIsTheCallersFailure() {
        ChunkEvaluator.Source sampled = new ChunkEvaluator.Source(new SampleOnly(PROBLEM), new TabularSoftmax(3, 2));
        try (LocalOracle oracle = new LocalOracle(sampled, 2, 4)) {
            assertThatThrownBy(() -> oracle.evaluate(request(8, 3), "counts"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("counting transitions needs a finite problem, with numbered states");
        }
    }

    @Test
    void threadsAndRangesAreAtLeastOne() {
        assertThatThrownBy(() -> new LocalOracle(SOURCE, 0, 1)).hasMessage("threads must be at least 1, but was 0");
        assertThatThrownBy(() -> new LocalOracle(SOURCE, 1, 0)).hasMessage("ranges must be at least 1, but was 0");
    }

    private static BatchRequest request(int unitsPerChunk, long iteration) {
        return new BatchRequest(
                9,
                iteration,
                2,
                0,
                25,
                unitsPerChunk,
                BatchRequest.ALL_RESIDUALS,
                true,
                List.of(PROBLEM.point(1).values()),
                List.of(Follower.plain(new double[] {1, 0, 0, 1, 0.5, 0}), Follower.plain(new double[6])),
                List.of(
                        new ValueGradient(
                                new Units(Purpose.TRAINING, 0, 101),
                                0,
                                new FollowerPair(0, 1, Coupling.SHARED),
                                new Combination(3, 0.5, 0.5),
                                Wanted.BOTH,
                                true),
                        new Returns(Purpose.TRAINING, 1, 60, 0, 0)));
    }
}
