package io.stackel.algorithm;

import io.stackel.math.Tensor;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All there is of a run between two batches: decode it, continue, and every later bit is the same.
 *
 * @param step completed batches (also of requests that needed no samples)
 * @param iteration completed outer iterations
 * @param phase batches completed inside the current outer iteration
 * @param lowerSamples environment steps spent on the lower level so far
 * @param upperSamples environment steps spent on the upper level so far
 * @param tensors iterates, optimiser states, value tables and counts by name, in the order of the names
 */
public record State(
        long step, long iteration, int phase, long lowerSamples, long upperSamples, SortedMap<String, Tensor> tensors) {

    public State {
        tensors = Collections.unmodifiableSortedMap(inNaturalOrder(tensors));
    }

    /** A copy in the order of the names, whatever comparator the given map has. */
    private static SortedMap<String, Tensor> inNaturalOrder(Map<String, Tensor> tensors) {
        return new TreeMap<>(tensors);
    }

    /** Environment steps of training, both levels. */
    public long samples() {
        return lowerSamples + upperSamples;
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The array of the real tensor {@code name}; not to be written to. */
    public double[] real(String name) {
        if (tensors.get(name) instanceof Tensor.Real real) {
            return real.values();
        }
        throw new IllegalArgumentException("state must have a real tensor " + name + ", but has " + tensors.keySet());
    }

    /** The array of the whole-number tensor {@code name}; not to be written to. */
    public long[] whole(String name) {
        if (tensors.get(name) instanceof Tensor.Whole whole) {
            return whole.values();
        }
        throw new IllegalArgumentException("state must have a whole tensor " + name + ", but has " + tensors.keySet());
    }

    /** The same state with some tensors replaced or added. */
    public State with(Map<String, Tensor> replaced) {
        SortedMap<String, Tensor> all = new TreeMap<>(tensors);
        all.putAll(replaced);
        return new State(step, iteration, phase, lowerSamples, upperSamples, all);
    }
}
