package io.stackel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void vectorsHaveOneAxis() {
        assertThat(Tensor.of(1.0, 2.0).shape()).containsExactly(2);
        assertThat(Tensor.of(1L, 2L, 3L).size()).isEqualTo(3);
    }

    @Test
    void equalityIsThatOfValuesAndShape() {
        Tensor matrix = new Tensor.Real(new double[] {1, 2, 3, 4}, 2, 2);
        assertThat(matrix)
                .isEqualTo(new Tensor.Real(new double[] {1, 2, 3, 4}, 2, 2))
                .hasSameHashCodeAs(new Tensor.Real(new double[] {1, 2, 3, 4}, 2, 2))
                .isNotEqualTo(Tensor.of(1.0, 2.0, 3.0, 4.0))
                .isNotEqualTo(new Tensor.Real(new double[] {1, 2, 3, 5}, 2, 2));
        assertThat(Tensor.of(1L, 2L))
                .isEqualTo(Tensor.of(1L, 2L))
                .hasSameHashCodeAs(Tensor.of(1L, 2L))
                .isNotEqualTo(Tensor.of(1.0, 2.0))
                .isNotEqualTo(Tensor.of(2L, 1L));
    }

    @Test
    void refusesAShapeThatDoesNotHoldTheValues() {
        assertThatThrownBy(() -> new Tensor.Real(new double[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [2, 3] must hold 5 elements, but holds 6");
        assertThatThrownBy(() -> new Tensor.Whole(new long[1], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [0] must hold 1 elements, but holds 0");
    }
}
