package io.stackel.problem;

import java.util.Arrays;

/** A growing list of (index, value) pairs: a sparse vector under construction, re-used without allocation. */
public final class SparseGradient {

    private final String name;
    private int[] indices = new int[8];
    private double[] values = new double[8];
    private int size;

    /** An empty gradient. */
    public SparseGradient() {
        this("SparseGradient");
    }

    /**
     * An empty gradient with a name.
     *
     * @param name of what it is, for messages
     */
    public SparseGradient(String name) {
        this.name = name;
    }

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

    /**
     * Adds {@code scale} times the pairs from number {@code from} up to, not including, {@code to}.
     *
     * @throws ProblemException if an index is none of the vector's
     */
    public void addTo(int from, int to, double scale, double[] into) {
        int i = from;
        try {
            for (; i < to; i++) {
                into[indices[i]] += scale * values[i];
            }
        } catch (ArrayIndexOutOfBoundsException outside) {
            throw outside(i, into.length, outside);
        }
    }

    /**
     * The sum over all pairs of value times the direction at the index.
     *
     * @throws ProblemException if an index is none of the vector's
     */
    public double dot(double[] direction) {
        double sum = 0;
        int i = 0;
        try {
            for (; i < size; i++) {
                sum += direction[indices[i]] * values[i];
            }
        } catch (ArrayIndexOutOfBoundsException outside) {
            throw outside(i, direction.length, outside);
        }
        return sum;
    }

    private ProblemException outside(int i, int length, ArrayIndexOutOfBoundsException cause) {
        return new ProblemException(
                name + " must have indices in [0, upperSize()) = [0, " + length + "), but has " + indices[i], cause);
    }

    /** Removes all pairs. */
    public void clear() {
        size = 0;
    }
}
