package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.Tensor;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void tensorsStandInTheOrderOfTheirNamesWhateverOrderTheyWereGivenIn() {
        SortedMap<String, Tensor> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.put("a", Tensor.of(1.0));
        backwards.put("b", Tensor.of(2.0));

        State state = new State(0, 0, 0, 0, 0, backwards);

        assertThat(state.tensors().comparator()).isNull();
        assertThat(state.tensors().keySet()).containsExactly("a", "b");
        assertThat(state.with(Map.of("B", Tensor.of(3.0))).tensors().keySet()).containsExactly("B", "a", "b");
    }

    @Test
    void laterChangesOfTheGivenMapAreNotSeen() {
        SortedMap<String, Tensor> given = new TreeMap<>();
        State state = new State(0, 0, 0, 0, 0, given);

        given.put("late", Tensor.of(1.0));

        assertThat(state.has("late")).isFalse();
    }
}
