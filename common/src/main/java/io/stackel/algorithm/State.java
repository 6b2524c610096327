package io.stackel.algorithm;

import io.stackel.math.Tensor;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All there is of a run between two batches: decode it, continue, and every later bit is the same.
 *
 * <p>The upper variable stands in {@code upper}, which must be finite; the other names are an algorithm's own: letters,
 * digits and {@code _.:/-}. A step makes a new state by {@link #afterInner} or {@link #afterOuter}, of new arrays: those of a
 * state are shared and never written to.
 *
 * @param step completed batches (also of requests that needed no samples)
 * @param iteration completed outer iterations
 * @param phase batches completed inside the current outer iteration
 * @param lowerSamples environment steps, or gradient-oracle calls on rows of data, spent on the lower level so far
 * @param upperSamples the same for the upper level
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

    /** Samples of training, both levels. */
    public long samples() {
        return lowerSamples + upperSamples;
    }

    /** The numbers of the state by name, without its tensors. */
    SortedMap<String, Long> scalars() {
        return new TreeMap<>(Map.of(
                "step", step,
                "iteration", iteration,
                "phase", (long) phase,
                "lowerSamples", lowerSamples,
                "upperSamples", upperSamples));
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The array of the real tensor {@code name}; not to be written to. */
    public double[] real(String name) {
        return tensor(name, Tensor.Real.class, "real").values();
    }

    /** The array of the whole-number tensor {@code name}; not to be written to. */
    public long[] whole(String name) {
        return tensor(name, Tensor.Whole.class, "whole").values();
    }

    private <T extends Tensor> T tensor(String name, Class<T> type, String kind) {
        if (!type.isInstance(tensors.get(name))) {
            throw new IllegalArgumentException(
                    "state must have a " + kind + " tensor " + name + ", but has " + tensors.keySet());
        }
        return type.cast(tensors.get(name));
    }

    /** The state after an inner batch of so many samples, with some tensors replaced or added. */
    public State afterInner(long samples, Map<String, Tensor> replaced) {
        return new State(step + 1, iteration, phase + 1, lowerSamples + samples, upperSamples, tensors).with(replaced);
    }

    /** The state after the outer batch of an iteration, of so many samples, with some tensors replaced or added. */
    public State afterOuter(long samples, Map<String, Tensor> replaced) {
        return new State(step + 1, iteration + 1, 0, lowerSamples, upperSamples + samples, tensors).with(replaced);
    }

    /** The same state with some tensors replaced or added. */
    public State with(Map<String, Tensor> replaced) {
        SortedMap<String, Tensor> all = new TreeMap<>(tensors);
        all.putAll(replaced);
        return new State(step, iteration, phase, lowerSamples, upperSamples, all);
    }
}
