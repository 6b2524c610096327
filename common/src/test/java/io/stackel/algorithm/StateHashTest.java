package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.Tensor;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateHashTest {

    private final State state = SafetensorsTest.golden();

    @Test
    void equalsTheHashThatPythonComputes() {
        // Printed by state.py, which follows the definition with hashlib and struct.
        assertThat(StateHash.sha256(state))
                .isEqualTo("a4715a637b1c7535c8ff393dfd04dd2cd6692fd9ed056abded638b77f7edfe43");
    }

    @Test
    void everyScalarEveryNameEveryTypeEveryShapeAndEveryBitCounts() {
        Set<String> hashes = new HashSet<>();
        hashes.add(StateHash.sha256(state));
        hashes.add(StateHash.sha256(new State(8, 3, 1, 400_000_000_000L, 12, state.tensors())));
        hashes.add(StateHash.sha256(new State(7, 4, 1, 400_000_000_000L, 12, state.tensors())));
        hashes.add(StateHash.sha256(new State(7, 3, 2, 400_000_000_000L, 12, state.tensors())));
        hashes.add(StateHash.sha256(new State(7, 3, 1, 400_000_000_001L, 12, state.tensors())));
        hashes.add(StateHash.sha256(new State(7, 3, 1, 400_000_000_000L, 13, state.tensors())));
        hashes.add(StateHash.sha256(state.with(Map.of("scalar", Tensor.of(42.0)))));
        hashes.add(StateHash.sha256(
                state.with(Map.of("scalar", new Tensor.Whole(new long[] {Double.doubleToRawLongBits(42)})))));
        hashes.add(StateHash.sha256(state.with(Map.of("scalar", new Tensor.Real(new double[] {Math.nextUp(42.0)})))));
        hashes.add(StateHash.sha256(state.with(Map.of("other", new Tensor.Real(new double[] {42})))));

        assertThat(hashes).hasSize(10);
    }

    @Test
    void longArraysAreHashedWhole() {
        double[] values = new double[5000];
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("x", Tensor.of(values));
        String before = StateHash.sha256(new State(0, 0, 0, 0, 0, tensors));
        Set<String> hashes = new HashSet<>();
        for (int at = 0; at < values.length; at++) {
            values[at] = 1;
            hashes.add(StateHash.sha256(new State(0, 0, 0, 0, 0, tensors)));
            values[at] = 0;
        }

        assertThat(hashes).hasSize(values.length).doesNotContain(before);
        assertThat(StateHash.sha256(new State(0, 0, 0, 0, 0, tensors))).isEqualTo(before);
    }

    @Test
    void namesOfTheScalarsAreTaken() {
        State clash = state.with(Map.of(".step", Tensor.of(1.0)));

        assertThatThrownBy(() -> StateHash.sha256(clash)).hasMessageContaining("tensor name must match");
    }
}
