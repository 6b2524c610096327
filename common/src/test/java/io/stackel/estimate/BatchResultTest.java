package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.RandomProblem;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Totals of known units: three vectors z of six upper and six lower components, a second estimand with one unit. */
class BatchResultTest {

    private static final double[][] UPPER = {{1, 0, 0, 0, 0, 4}, {3, 0, 0, 0, 0, 4}, {8, 0, 0, 0, 0, -2}};
    private static final double[] UPPER_RETURN = {1, 2, 6};
    private static final double[] LOWER_RETURN = {0, -3, 9};

    private final ChunkEvaluator.Source source =
            new ChunkEvaluator.Source(RandomProblem.of(5, 3, 2, 2, 0.3), new TabularSoftmax(3, 2));

    @Test
    void meansAndStandardErrorsAreThoseOfTheUnits() {
        BatchResult.Estimate estimate = result(true).estimate(0);
        assertThat(estimate.units()).isEqualTo(3);
        assertThat(estimate.upperGradient()).containsExactly(4, 0, 0, 0, 0, 2);
        assertThat(estimate.lowerGradient()).containsExactly(-4, 0, 0, 0, 0, -2);
        // deviations of the first component -3, -1, 4; of the last 2, 2, -4: sums of squares 26 and 24, n (n - 1) = 6
        assertThat(estimate.upperStandardError()).isCloseTo(Math.sqrt(50.0 / 6), within(1e-14));
        assertThat(estimate.lowerStandardError()).isCloseTo(Math.sqrt(50.0 / 6), within(1e-14));
        assertThat(estimate.upperStandardErrors())
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(Math.sqrt(26.0 / 6), 0, 0, 0, 0, Math.sqrt(24.0 / 6));
        assertThat(estimate.upperReturn()).isEqualTo(3);
        assertThat(estimate.upperReturnStandardError()).isCloseTo(Math.sqrt(14.0 / 6), within(1e-14));
        assertThat(estimate.lowerReturn()).isEqualTo(2);
        assertThat(estimate.saturation()).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void oneUnitHasNoStandardError() {
        BatchResult.Estimate estimate = result(true).estimate(1);
        assertThat(estimate.units()).isEqualTo(1);
        assertThat(estimate.upperReturn()).isEqualTo(7);
        assertThat(estimate.upperReturnStandardError()).isInfinite();
        assertThat(estimate.upperGradient()).isEmpty();
        assertThat(estimate.lowerGradient()).isEmpty();
    }

    @Test
    void countersAreReadByRoleAndInTotal() {
        BatchResult result = result(true);
        assertThat(result.estimate(0).steps()).isEqualTo(11);
        assertThat(result.estimate(0).terminated()).isEqualTo(4);
        assertThat(result.estimate(0).truncated()).isEqualTo(2);
        assertThat(result.estimate(1).steps()).isEqualTo(5);
        assertThat(result.steps()).isEqualTo(16);
        assertThat(result.nonFinite()).isEqualTo(3);
        assertThat(result.transitions().keys()).containsExactly(9);
    }

    @Test
    void errorsByCoordinateNeedDiagonalMoments() {
        BatchResult.Estimate estimate = result(false).estimate(0);
        assertThat(estimate.upperStandardError()).isCloseTo(Math.sqrt(50.0 / 6), within(1e-14));
        assertThatThrownBy(estimate::upperStandardErrors)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("moments must be diagonal for errors by coordinate, but was scalar");
    }

    @Test
    void cancellationGivesNoNegativeVariance() {
        BatchRequest request = request(false);
        EstimandLayout layout = request.layouts(6, 6, 0)[0];
        double[] sums = new double[layout.end() + EstimandLayout.SCALARS];
        sums[0] = 0.3;
        sums[layout.scalars() + EstimandLayout.UPPER_SQUARE] = 0.03 - 1e-17;
        long[] counters = {3, 0, 0, 0, 0, 1, 0, 0, 0, 0};
        assertThat(source.read(request, sums, counters, TransitionCounts.Sorted.NONE)
                        .estimate(0)
                        .upperStandardError())
                .isZero();
    }

    @Test
    void aRequestWithoutRolesHasAnEmptyResult() {
        BatchResult none = BatchResult.none(
                new BatchRequest(0, 0, 0, 0, 1, 1, BatchRequest.ALL_RESIDUALS, false, List.of(), List.of(), List.of()));
        assertThat(none.steps()).isZero();
        assertThat(none.nonFinite()).isZero();
        assertThat(none.transitions().tallies()).isEmpty();
    }

    private static BatchRequest request(boolean diagonal) {
        Estimand pairs = new ValueGradient(
                new Units(Purpose.TRAINING, 0, 3),
                0,
                new FollowerPair(0, 1, Coupling.SHARED),
                Combination.penalised(1),
                Wanted.BOTH,
                false);
        Estimand returns = new Returns(Purpose.TRAINING, 1, 1, 0, 0);
        return new BatchRequest(
                0, 0, 0, 0, 9, 2, BatchRequest.ALL_RESIDUALS, diagonal, List.of(), List.of(), List.of(pairs, returns));
    }

    private BatchResult result(boolean diagonal) {
        BatchRequest request = request(diagonal);
        EstimandLayout[] layouts = request.layouts(6, 6, 0);
        double[] sums = new double[layouts[1].end()];
        long[] counters = new long[2 * EstimandLayout.COUNTERS];
        UnitSums unit = new UnitSums(6, 6);
        unit.open(layouts[0], 0, sums, counters);
        for (int i = 0; i < 3; i++) {
            unit.begin();
            for (int j = 0; j < 6; j++) {
                unit.upper.values[j] = UPPER[i][j];
                unit.lower.values[j] = -UPPER[i][j];
            }
            unit.upperReturn = UPPER_RETURN[i];
            unit.lowerReturn = LOWER_RETURN[i];
            unit.saturation = 0.1 * (i + 1);
            unit.end();
        }
        unit.open(layouts[1], 1, sums, counters);
        unit.begin();
        unit.upperReturn = 7;
        unit.end();
        counters[EstimandLayout.STEPS] = 11;
        counters[EstimandLayout.TERMINATED] = 4;
        counters[EstimandLayout.TRUNCATED] = 2;
        counters[EstimandLayout.NON_FINITE] = 1;
        counters[EstimandLayout.COUNTERS + EstimandLayout.STEPS] = 5;
        counters[EstimandLayout.COUNTERS + EstimandLayout.NON_FINITE] = 2;
        return source.read(request, sums, counters, new TransitionCounts.Sorted(new long[] {9}, new long[] {1}));
    }
}
