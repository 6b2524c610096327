package io.stackel.problem;

import java.util.Arrays;

/** A growing list of (index, value) pairs: a sparse vector under construction, re-used without allocation. */
public final class SparseGradient {

    private int[] indices = new int[8];
    private double[] values = new double[8];
    private int size;

    /** Appends a component; an index may appear more than once, its values then add up. */
    public void add(int index, double value) {
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        indices[size] = index;
        values[size++] = value;
    }

    /** Appends all pairs of another list. */
    public void addAll(SparseGradient other) {
        for (int i = 0; i < other.size; i++) {
            add(other.indices[i], other.values[i]);
        }
    }

    /** The number of pairs. */
    public int size() {
        return size;
    }

    /** Adds {@code scale} times the pairs from number {@code from} up to, not including, {@code to}. */
    public void addTo(int from, int to, double scale, double[] into) {
        for (int i = from; i < to; i++) {
            into[indices[i]] += scale * values[i];
        }
    }

    /** The sum over all pairs of value times the direction at the index. */
    public double dot(double[] direction) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += direction[indices[i]] * values[i];
        }
        return sum;
    }

    /** Removes all pairs. */
    public void clear() {
        size = 0;
    }
}
