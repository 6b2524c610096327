package io.stackel.estimate;

import java.util.Arrays;

/** One of the vectors of a unit while it is formed: in full, or its squared norm alone while the sum is kept elsewhere. */
final class UnitVector {

    /** The vector, if it is formed in full. */
    final double[] values;

    /** Whether the vector is formed in full. */
    boolean full = true;

    /** The squared norm, if it is not. */
    double square;

    UnitVector(int size) {
        values = new double[size];
    }

    void clear() {
        if (full) {
            Arrays.fill(values, 0);
        }
        square = 0;
    }
}
