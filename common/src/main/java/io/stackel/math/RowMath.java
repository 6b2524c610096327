package io.stackel.math;

/** Rows of row-major tables against vectors, in loops whose order is fixed. */
public final class RowMath {

    private static final int CHAINS = 4;

    private RowMath() {}

    /**
     * {@code sum_j table[offset + j] vector[j]} over all of {@code vector}, in four interleaved chains that are added up in
     * a fixed order: a quarter of the latency of one chain.
     */
    public static double dot(double[] table, int offset, double[] vector) {
        return dot(table, offset, vector, 0, vector.length);
    }

    /** {@code sum_j table[offset + j] vector[from + j]} over j below {@code length}, as {@link #dot(double[], int, double[])}. */
    public static double dot(double[] table, int offset, double[] vector, int from, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + CHAINS <= length; j += CHAINS) {
            a += table[offset + j] * vector[from + j];
            b += table[offset + j + 1] * vector[from + j + 1];
            c += table[offset + j + 2] * vector[from + j + 2];
            d += table[offset + j + 3] * vector[from + j + 3];
        }
        double rest = 0;
        for (; j < length; j++) {
            rest += table[offset + j] * vector[from + j];
        }
        return ((a + b) + (c + d)) + rest;
    }

    /** {@code into[at + j] += scale table[offset + j]} over j below {@code length}. */
    public static void addScaled(double scale, double[] table, int offset, int length, double[] into, int at) {
        for (int j = 0; j < length; j++) {
            into[at + j] += scale * table[offset + j];
        }
    }
}
