package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;

class SymmetricRootTest {

    private static double[] product(double[] a, double[] b, int n) {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                RowMath.addScaled(a[i * n + k], b, k * n, n, product, i * n);
            }
        }
        return product;
    }

    /** B B' of a random B whose rows have scales from 1 to 1000. */
    private static double[] matrix(int n) {
        RandomStream random = RandomStream.at(3, Purpose.CHECK, 0, 0, 0, 0);
        double[] b = new double[n * n];
        double[] transposed = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            int row = i / n;
            b[i] = random.nextGaussian() * StrictMath.pow(1000, row / (n - 1.0));
            transposed[i % n * n + row] = b[i];
        }
        return product(b, transposed, n);
    }

    @Test
    void theRootTimesItselfIsTheMatrix() {
        int n = 30;
        double[] matrix = matrix(n);
        double[] root = SymmetricRoot.of(matrix, n);
        double[] square = product(root, root, n);
        double largest = VectorMath.maxAbs(matrix);
        for (int i = 0; i < n * n; i++) {
            assertThat(square[i]).isCloseTo(matrix[i], within(1e-13 * largest));
            assertThat(root[i]).isCloseTo(root[i % n * n + i / n], within(1e-13 * Math.sqrt(largest)));
        }
    }

    /** The eigenvalues of (5 4; 4 5) are 9 and 1, those of its root 3 and 1. */
    @Test
    void theRootByHand() {
        double[] root = SymmetricRoot.of(new double[] {5, 4, 4, 5}, 2);
        assertThat(root).usingComparatorWithPrecision(1e-15).containsExactly(2, 1, 1, 2);
    }

    /** (1 1; 1 1) has the eigenvalue 0, which counts as 2e-14. */
    @Test
    void theRootOfASingularMatrixIsPositiveDefinite() {
        double[] root = SymmetricRoot.of(new double[] {1, 1, 1, 1}, 2);
        assertThat(root[0] * root[3] - root[1] * root[2]).isCloseTo(Math.sqrt(2 * 2e-14), within(1e-9));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> SymmetricRoot.of(new double[] {1, Double.NaN, Double.NaN, 1}, 2))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the root of a matrix did not converge");
        assertThatThrownBy(() -> SymmetricRoot.of(new double[3], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix must have 4 entries, but has 3");
    }
}
