package io.stackel.optim;

import io.stackel.math.Tensor;
import java.util.SortedMap;

/** Reading an optimiser's state, with messages that name what does not fit. */
final class OptimizerState {

    private OptimizerState() {}

    /** The values of a real vector of the given size. */
    static double[] real(SortedMap<String, Tensor> state, String name, int size) {
        if (state.get(name) instanceof Tensor.Real tensor && tensor.size() == size) {
            return tensor.values();
        }
        throw new IllegalArgumentException(
                "state must have " + size + " real values named " + name + ", but had " + describe(state, name));
    }

    /** A single whole number. */
    static long whole(SortedMap<String, Tensor> state, String name) {
        if (state.get(name) instanceof Tensor.Whole tensor && tensor.size() == 1) {
            return tensor.values()[0];
        }
        throw new IllegalArgumentException(
                "state must have one whole number named " + name + ", but had " + describe(state, name));
    }

    static void requireSameLength(double[] x, double[] gradient) {
        if (x.length != gradient.length) {
            throw new IllegalArgumentException(
                    "x and gradient must have the same length, but had " + x.length + " and " + gradient.length);
        }
    }

    private static String describe(SortedMap<String, Tensor> state, String name) {
        return state.containsKey(name)
                ? state.get(name).getClass().getSimpleName() + " of size "
                        + state.get(name).size()
                : "only " + state.keySet();
    }
}
