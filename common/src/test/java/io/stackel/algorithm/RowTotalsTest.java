package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.exact.FullLoss;
import io.stackel.families.DataFamilies;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.DataProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTotalsTest {

    /** Three batches of validation blocks, the last one short, and two of test blocks. */
    private static final DataProblem PROBLEM = DataFamilies.of(
            "hyper-cleaning",
            Map.of(
                    "rowsPerBlock",
                    1L,
                    "validationRows",
                    2L * RowTotals.BLOCKS + 77,
                    "testRows",
                    RowTotals.BLOCKS + 5L));

    private static final DenseVector X = new DenseVector(new double[PROBLEM.upperSize()]);

    private static final List<double[]> MODELS = List.of(model(1), model(2), model(3));

    private static double[] model(int number) {
        double[] w = new double[PROBLEM.lowerSize()];
        Arrays.setAll(w, i -> (i * number % 7 - 3) / 5.0);
        return w;
    }

    private static final DataSetup SETUP = new DataSetup(
            PROBLEM,
            17,
            new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1, OptionalDouble.empty(), Projection.none(), 1),
            new Setup.LowerRule(false, 1, Setup.LowerStep.SGD, 0.2, 1, 0, 1e-10),
            false);

    private static RowTotals totals(LocalOracle oracle) {
        return new RowTotals(SETUP, oracle);
    }

    /** As a single thread that goes through the rows adds them up. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "3, 16"})
    void objectivesHaveTheBitsOfAPassInOrder(int threads, int ranges) {
        try (LocalOracle oracle = new LocalOracle(SETUP.source(), threads, ranges)) {
            double[] values = totals(oracle).upperObjectives(X, MODELS);

            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo(FullLoss.upper(PROBLEM, X, new DenseVector(MODELS.get(i))));
            }
            assertThat(values[0]).isNotEqualTo(values[1]);
        }
    }

    @Test
    void scoresAreThoseOfAllTestBlocks() {
        double[] expected = new double[2];
        for (int b = 0; b < PROBLEM.testBlocks(); b++) {
            for (int i = 0; i < expected.length; i++) {
                expected[i] += PROBLEM.testScore(PROBLEM.testBlock(b), X, new DenseVector(MODELS.get(i)));
            }
        }
        try (LocalOracle oracle = LocalOracle.single(SETUP.source())) {
            assertThat(totals(oracle).testScores(X, MODELS.subList(0, 2))).containsExactly(expected);
            assertThat(totals(oracle).testScores(X, List.of())).isEmpty();
        }
        assertThat(expected[0]).isBetween(1.0, RowTotals.BLOCKS + 4.0);
    }
}
