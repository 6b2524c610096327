package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolverTest {

    @Test
    void solvesASystemOfWholeNumbersExactly() {
        LinearSolver solver = LinearSolver.factor(new double[] {2, 1, 1, 4, -6, 0, -2, 7, 2}, 3);
        assertThat(solver.solve(new double[] {5, -2, 9})).containsExactly(new double[] {1, 1, 2}, within(1e-14));
        // The columns of the matrix times (1, 0.5, 2).
        assertThat(solver.solveTransposed(new double[] {0, 12, 5}))
                .containsExactly(new double[] {1, 0.5, 2}, within(1e-14));
    }

    @Test
    void exchangesRowsWhereThePivotIsZero() {
        LinearSolver solver = LinearSolver.factor(new double[] {0, 2, 4, 0}, 2);
        assertThat(solver.solve(new double[] {6, 8})).containsExactly(2, 3);
        assertThat(solver.solveTransposed(new double[] {8, 6})).containsExactly(3, 2);
    }

    @Test
    void smallPivotIsNotUsed() {
        LinearSolver solver = LinearSolver.factor(new double[] {1e-20, 1, 1, 1}, 2);
        assertThat(solver.solve(new double[] {1, 2})).containsExactly(1, 1);
    }

    /** Orders on both sides of the panel's width and of the fused columns. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 63, 64, 67, 130})
    void residualIsSmall(int n) {
        double[] matrix = randomMatrix(n, n);
        LinearSolver solver = LinearSolver.factor(matrix, n);
        double[] rhs = randomMatrix(1000 + n, n, 1);
        assertSolves(matrix, n, solver.solve(rhs), rhs);
        assertSolves(transposed(matrix, n), n, solver.solveTransposed(rhs), rhs);
        double[] inPlace = rhs.clone();
        solver.solveInPlace(inPlace);
        assertThat(inPlace).containsExactly(solver.solve(rhs));
    }

    @Test
    void inputsAreNotWrittenTo() {
        double[] matrix = {0, 2, 4, 0};
        double[] rhs = {6, 8};
        LinearSolver solver = LinearSolver.factor(matrix, 2);
        solver.solve(rhs);
        solver.solveTransposed(rhs);
        assertThat(matrix).containsExactly(0, 2, 4, 0);
        assertThat(rhs).containsExactly(6, 8);
    }

    @Test
    void systemOfOrderZeroHasTheEmptySolution() {
        assertThat(LinearSolver.factor(new double[0], 0).solve(new double[0])).isEmpty();
    }

    @Test
    void refusesASingularMatrix() {
        assertThatThrownBy(() -> LinearSolver.factor(new double[] {1, 2, 2, 4}, 2))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("matrix of order 2 must be finite and non-singular, but pivot 1 was 0.0");
    }

    @Test
    void refusesAMatrixWithANotANumberWhereverItStands() {
        for (int i = 0; i < 16; i++) {
            double[] matrix = randomMatrix(3, 4);
            matrix[i] = Double.NaN;
            assertThatThrownBy(() -> LinearSolver.factor(matrix, 4))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("was NaN");
        }
    }

    @Test
    void refusesWrongSizes() {
        assertThatThrownBy(() -> LinearSolver.factor(new double[5], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix must have n * n = 2 * 2 elements, but had 5");
        LinearSolver solver = LinearSolver.factor(new double[] {1}, 1);
        assertThatThrownBy(() -> solver.solve(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("right-hand side must have n = 1 elements, but had 2");
    }

    /** Normwise backward error: |A x - b| at most n^2 ulps of |A| |x|, in the maximum norm. */
    private static void assertSolves(double[] matrix, int n, double[] x, double[] rhs) {
        double bound = (double) n * n * 0x1.0p-52 * VectorMath.maxAbs(matrix) * VectorMath.maxAbs(x);
        for (int i = 0; i < n; i++) {
            double residual = -rhs[i];
            for (int j = 0; j < n; j++) {
                residual += matrix[i * n + j] * x[j];
            }
            assertThat(Math.abs(residual)).isLessThanOrEqualTo(bound);
        }
    }

    private static double[] transposed(double[] matrix, int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[j * n + i] = matrix[i * n + j];
            }
        }
        return result;
    }

    private static double[] randomMatrix(long seed, int n) {
        return randomMatrix(seed, n, n);
    }

    private static double[] randomMatrix(long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] matrix = new double[rows * columns];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = random.nextDouble() - 0.5;
        }
        return matrix;
    }
}
