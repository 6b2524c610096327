package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract holds for a ridge regression and finds every gradient that is wrong. */
class DataProblemTest {

    private static final double[] UPPER = {0.3, -1, 0.5};
    private static final double[] LOWER = {1, 0.2, -0.7};

    @Test
    void ridgeKeepsTheContract() {
        new DataProblemContract(new SmallRidge(""), UPPER, LOWER).require(1e-8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"training block 0, w", "validation block 0, w", "lower term, x", "lower term, w", "upper term, x"
            })
    void aWrongGradientIsFound(String wrong) {
        DataProblemContract contract = new DataProblemContract(new SmallRidge(wrong), UPPER, LOWER);
        assertThatThrownBy(() -> contract.require(1e-8))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(wrong + ", coordinate");
    }

    @Test
    void blocksHaveALabelARow() {
        DenseMatrix features = new DenseMatrix(2, 3, new double[6], true);
        assertThatThrownBy(() -> new DataBlock(0, features, new DenseVector(new double[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must have 2 entries, one a row, but has 3");
    }

    @Test
    void blocksAreStoredByRows() {
        DenseMatrix features = new DenseMatrix(2, 3, new double[6]);
        assertThatThrownBy(() -> new DataBlock(0, features, new DenseVector(new double[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "features must be stored by rows (isTransposed), but are stored by columns; use DataBlock.of");
    }
}
