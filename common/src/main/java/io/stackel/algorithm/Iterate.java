package io.stackel.algorithm;

import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A vector that an optimiser moves.
 *
 * @param name of its tensor
 * @param prefix of the optimiser's tensors
 */
record Iterate(String name, String prefix, Optimizer optimizer) {

    /** The tensors before the first step. */
    SortedMap<String, Tensor> init(double[] start) {
        SortedMap<String, Tensor> tensors = prefixed(prefix, optimizer.init(start.length));
        tensors.put(name, Tensor.of(start.clone()));
        return tensors;
    }

    /**
     * The tensors after a step.
     *
     * @param gradient of what is minimised
     * @param projectInPlace what brings the vector back into its set
     */
    SortedMap<String, Tensor> step(State state, double[] gradient, double stepSize, Consumer<double[]> projectInPlace) {
        Optimizer.Update update =
                optimizer.step(stripped(prefix, state.tensors()), state.real(name), gradient, stepSize);
        double[] moved = update.x();
        projectInPlace.accept(moved);
        SortedMap<String, Tensor> tensors = prefixed(prefix, update.state());
        tensors.put(name, Tensor.of(moved));
        return tensors;
    }

    /** The tensors with {@code prefix} put before their names. */
    static SortedMap<String, Tensor> prefixed(String prefix, Map<String, Tensor> tensors) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        tensors.forEach((name, tensor) -> result.put(prefix + name, tensor));
        return result;
    }

    /** The tensors whose names start with {@code prefix}, without it. */
    static SortedMap<String, Tensor> stripped(String prefix, SortedMap<String, Tensor> tensors) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        tensors.tailMap(prefix).forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), tensor);
            }
        });
        return result;
    }
}
