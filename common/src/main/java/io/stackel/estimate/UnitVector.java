package io.stackel.estimate;

import java.util.Arrays;

/** One of the vectors of a unit while it is formed: in full, or its squared norm alone while the sum is kept elsewhere. */
final class UnitVector {

    /** The vector, if it is formed in full. */
    final double[] values;

    private static final int CHAINS = 8;

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

    /**
     * The sum of squares of the first {@code length} elements in eight interleaved chains, added up in a fixed order: an
     * eighth of the latency of one chain.
     */
    double squares(int length) {
        double[] v = values;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int i = 0;
        for (; i + CHAINS <= length; i += CHAINS) {
            a += v[i] * v[i];
            b += v[i + 1] * v[i + 1];
            c += v[i + 2] * v[i + 2];
            d += v[i + 3] * v[i + 3];
            e += v[i + 4] * v[i + 4];
            f += v[i + 5] * v[i + 5];
            g += v[i + 6] * v[i + 6];
            h += v[i + 7] * v[i + 7];
        }
        double rest = 0;
        for (; i < length; i++) {
            rest += v[i] * v[i];
        }
        return (((a + b) + (c + d)) + ((e + f) + (g + h))) + rest;
    }
}
