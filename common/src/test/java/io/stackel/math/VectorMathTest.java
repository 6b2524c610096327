package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorMathTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void dotSumsInAscendingOrder() {
        assertThat(VectorMath.dot(new double[] {1, 2, 3}, new double[] {4, -5, 6}))
                .isEqualTo(12.0);
        // (1e16 + 1) - 1e16 is 0 in this order and 1 in the other two.
        assertThat(VectorMath.dot(new double[] {1e16, 1, -1e16}, new double[] {1, 1, 1}))
                .isZero();
        assertThat(VectorMath.dot(new double[0], new double[0])).isZero();
    }

    @Test
    void normIsEuclidean() {
        assertThat(VectorMath.normSquared(new double[] {3, -4})).isEqualTo(25.0);
        assertThat(VectorMath.norm(new double[] {3, -4})).isEqualTo(5.0);
        assertThat(VectorMath.norm(new double[3])).isZero();
    }

    @Test
    void normNeitherOverflowsNorUnderflows() {
        assertThat(VectorMath.norm(new double[] {3e200, -4e200})).isCloseTo(5e200, within(1e186));
        assertThat(VectorMath.norm(new double[] {3e-200, -4e-200})).isCloseTo(5e-200, within(1e-214));
        assertThat(VectorMath.norm(new double[] {1, INFINITY})).isEqualTo(INFINITY);
        assertThat(VectorMath.norm(new double[] {1, Double.NaN})).isNaN();
    }

    @Test
    void maxAbsIsTheLargestMagnitude() {
        assertThat(VectorMath.maxAbs(new double[] {1, -7, 3})).isEqualTo(7.0);
        assertThat(VectorMath.maxAbs(new double[0])).isZero();
        assertThat(VectorMath.maxAbs(new double[] {Double.NaN, 1})).isNaN();
    }

    @Test
    void addScaledChangesTheTargetAlone() {
        double[] x = {1, 2};
        double[] into = {10, 20};
        VectorMath.addScaled(-2, x, into);
        assertThat(into).containsExactly(8, 16);
        assertThat(x).containsExactly(1, 2);
    }

    @Test
    void scaledAndMinusMakeNewArrays() {
        double[] x = {1, 2};
        assertThat(VectorMath.scaled(3, x)).containsExactly(3, 6);
        assertThat(VectorMath.minus(x, new double[] {5, 1})).containsExactly(-4, 1);
        assertThat(x).containsExactly(1, 2);
    }

    @Test
    void refusesVectorsOfDifferentLength() {
        String message = "vectors must have the same length, but had 1 and 2";
        assertThatThrownBy(() -> VectorMath.dot(new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> VectorMath.addScaled(1, new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> VectorMath.minus(new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
