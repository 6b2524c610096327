package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import io.stackel.problem.SmallRidge;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks as units, against sums over rows written out. */
class LossGradientTest {

    private static final DataProblem PROBLEM = new SmallRidge("");
    private static final double[] X = {0.3, -1, 0.5};
    private static final double[] FIRST = {1, 0.2, -0.7};
    private static final double[] SECOND = {0.9, 0.1, -0.5};

    private static LossGradient loss(boolean validation, int[] blocks, LossTerm... terms) {
        return new LossGradient(Purpose.TRAINING, 0, validation, blocks, List.of(terms), Wanted.LOWER);
    }

    private static BatchRequest request(Estimand... estimands) {
        return new BatchRequest(
                1,
                0,
                0,
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                true,
                List.of(X),
                List.of(Follower.plain(FIRST), Follower.plain(SECOND)),
                List.of(estimands));
    }

    private static BatchResult evaluate(BatchRequest request, long... boundaries) {
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(PROBLEM);
        List<RangeSums> ranges = new ArrayList<>();
        for (int i = 0; i + 1 < boundaries.length; i++) {
            ranges.add(RangeSums.evaluate(source.open(request), request, boundaries[i], boundaries[i + 1]));
        }
        return RangeSums.merge(source, request, ranges);
    }

    private static double[] mean(int block, double[] w, double[] valueInto) {
        double[] gradient = new double[3];
        double value = PROBLEM.addLowerLoss(
                PROBLEM.trainingBlock(block), new DenseVector(X), new DenseVector(w), new double[0], gradient);
        valueInto[0] = value / SmallRidge.ROWS;
        return VectorMath.scaled(1.0 / SmallRidge.ROWS, gradient);
    }

    @Test
    void theMeanOverAllBlocksIsTheMeanOverTheRows() {
        BatchResult result = evaluate(request(loss(false, new int[] {0, 1}, new LossTerm(0, 0, 1))), 0, 2);
        double[] value = new double[1];
        double[] wanted = mean(0, FIRST, value);
        double loss = value[0];
        VectorMath.addScaled(1, mean(1, FIRST, value), wanted);
        loss += value[0];
        for (int j = 0; j < 3; j++) {
            assertThat(result.estimate(0).lowerGradient()[j]).isCloseTo(wanted[j] / 2, within(1e-14));
        }
        assertThat(result.estimate(0).lowerReturn()).isCloseTo(-loss / 2, within(1e-14));
        assertThat(result.steps()).isEqualTo(2 * SmallRidge.ROWS);
    }

    @Test
    void aDifferenceOfTwoPointsIsFormedRowByRow() {
        LossGradient difference = loss(false, new int[] {1}, new LossTerm(0, 0, 0.5), new LossTerm(0, 1, -2));
        BatchResult result = evaluate(request(difference), 0, 1);
        double[] wanted = VectorMath.scaled(0.5, mean(1, FIRST, new double[1]));
        VectorMath.addScaled(-2, mean(1, SECOND, new double[1]), wanted);
        for (int j = 0; j < 3; j++) {
            assertThat(result.estimate(0).lowerGradient()[j]).isCloseTo(wanted[j], within(1e-14));
        }
        assertThat(result.steps()).isEqualTo(2 * SmallRidge.ROWS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rangesGiveTheSameBits(boolean withDifference) {
        List<Estimand> estimands = new ArrayList<>();
        estimands.add(loss(false, new int[] {0, 1}, new LossTerm(0, 0, 1)));
        estimands.add(loss(true, new int[] {0}, new LossTerm(0, 1, 1)));
        if (withDifference) {
            estimands.add(loss(false, new int[] {0, 1}, new LossTerm(0, 0, 1), new LossTerm(0, 1, -1)));
        }
        BatchRequest request = request(estimands.toArray(Estimand[]::new));
        BatchResult whole = evaluate(request, 0, 2);
        BatchResult cut = evaluate(request, 0, 1, 2);
        for (int i = 0; i < estimands.size(); i++) {
            assertThat(cut.estimate(i).lowerGradient())
                    .containsExactly(whole.estimate(i).lowerGradient());
            assertThat(cut.estimate(i).lowerStandardError())
                    .isEqualTo(whole.estimate(i).lowerStandardError());
        }
        assertThat(cut.steps()).isEqualTo(whole.steps());
    }
}
