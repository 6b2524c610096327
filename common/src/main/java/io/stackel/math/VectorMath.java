package io.stackel.math;

import java.util.Arrays;

/**
 * Vectors as arrays: plain loops in ascending order, so that every sum has the same bits everywhere.
 *
 * <p>Two vectors of one call must have the same length, otherwise {@link IllegalArgumentException}.
 */
public final class VectorMath {

    private VectorMath() {}

    /** sum_i x_i y_i. */
    public static double dot(double[] x, double[] y) {
        requireSameLength(x, y);
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** sum_i x_i^2. */
    public static double normSquared(double[] x) {
        return dot(x, x);
    }

    /** The Euclidean norm; where the sum of squares overflows or underflows, it is formed from x / max|x|. */
    public static double norm(double[] x) {
        double squared = normSquared(x);
        if (squared >= Double.MIN_NORMAL && squared <= Double.MAX_VALUE) {
            return Math.sqrt(squared);
        }
        double scale = maxAbs(x);
        if (!(scale > 0.0 && scale <= Double.MAX_VALUE)) {
            return scale;
        }
        double sum = 0.0;
        for (double element : x) {
            sum += (element / scale) * (element / scale);
        }
        return scale * Math.sqrt(sum);
    }

    /** max_i |x_i|; 0 for an empty vector, NaN where an element is. */
    public static double maxAbs(double[] x) {
        double maximum = 0.0;
        for (double element : x) {
            maximum = Math.max(maximum, Math.abs(element));
        }
        return maximum;
    }

    /** into &lt;- into + a x. */
    public static void addScaled(double a, double[] x, double[] into) {
        requireSameLength(x, into);
        for (int i = 0; i < x.length; i++) {
            into[i] += a * x[i];
        }
    }

    /** A new array a x. */
    public static double[] scaled(double a, double[] x) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = a * x[i];
        }
        return result;
    }

    /** A new array x - y. */
    public static double[] minus(double[] x, double[] y) {
        requireSameLength(x, y);
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] - y[i];
        }
        return result;
    }

    /** The entries of x followed by those of y. */
    public static double[] concatenated(double[] x, double[] y) {
        double[] both = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, both, x.length, y.length);
        return both;
    }

    private static void requireSameLength(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "vectors must have the same length, but had " + x.length + " and " + y.length);
        }
    }
}
