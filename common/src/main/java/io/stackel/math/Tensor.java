package io.stackel.math;

import java.util.Arrays;

/**
 * A dense array with a shape, row-major: the unit in which state is kept, hashed and stored.
 *
 * <p>The array is shared, not copied; whoever builds a tensor does not write to the array afterwards.
 */
public sealed interface Tensor {

    /** The lengths of the axes; their product is the number of elements. */
    int[] shape();

    /** The number of elements. */
    int size();

    /** 64-bit floating point numbers. */
    record Real(double[] values, int... shape) implements Tensor {
        public Real {
            requireSize(values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Real that && Arrays.equals(values, that.values) && Arrays.equals(shape, that.shape);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(values) + Arrays.hashCode(shape);
        }
    }

    /** 64-bit whole numbers. */
    record Whole(long[] values, int... shape) implements Tensor {
        public Whole {
            requireSize(values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Whole that
                    && Arrays.equals(values, that.values)
                    && Arrays.equals(shape, that.shape);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(values) + Arrays.hashCode(shape);
        }
    }

    /** A vector. */
    static Tensor of(double... values) {
        return new Real(values, values.length);
    }

    /** A vector of whole numbers. */
    static Tensor of(long... values) {
        return new Whole(values, values.length);
    }

    private static void requireSize(int length, int[] shape) {
        long product = 1;
        for (int axis : shape) {
            product *= axis;
        }
        if (product != length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " must hold " + length + " elements, but holds " + product);
        }
    }
}
