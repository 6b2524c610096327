package io.stackel.math;

import static io.stackel.math.Requirements.require;

/**
 * The symmetric root of a positive definite matrix A, row-major: {@code root root = A}. It is unique, whatever the signs and the
 * order of eigenvectors.
 *
 * <p>Eigenvalues come from cyclic Jacobi rotations, about ten sweeps of 4 n^3 multiplications. Those below 1e-14 of the largest one
 * count as that much, so that the root stays positive definite under rounding.
 */
public final class SymmetricRoot {

    private static final int MOST_SWEEPS = 100;
    private static final double NEGLIGIBLE = 0x1p-53;
    private static final double LEAST_SHARE = 1e-14;

    private SymmetricRoot() {}

    /**
     * The root, a new array.
     *
     * @param matrix symmetric, [n][n]
     * @throws ArithmeticException if the iteration does not end, as for entries that are not finite
     */
    public static double[] of(double[] matrix, int n) {
        require(matrix.length == n * n, "matrix must have " + n * n + " entries, but has " + matrix.length);
        double[] a = matrix.clone();
        // Rows are eigenvectors.
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) {
            vectors[i * n + i] = 1;
        }
        int sweeps = 0;
        while (sweep(a, vectors, n)) {
            sweeps++;
            if (sweeps > MOST_SWEEPS) {
                throw new ArithmeticException("the root of a matrix did not converge");
            }
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, a[i * n + i]);
        }
        double[] root = new double[n * n];
        for (int k = 0; k < n; k++) {
            double value = Math.sqrt(Math.max(a[k * n + k], LEAST_SHARE * largest));
            for (int i = 0; i < n; i++) {
                RowMath.addScaled(value * vectors[k * n + i], vectors, k * n, n, root, i * n);
            }
        }
        return root;
    }

    /** Rotates every pair of coordinates once; returns whether any was worth it. */
    private static boolean sweep(double[] a, double[] vectors, int n) {
        boolean rotated = false;
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                double off = a[p * n + q];
                // The negation catches NaN.
                if (!(Math.abs(off) <= NEGLIGIBLE * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q])))) {
                    rotate(a, vectors, n, p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    private static void rotate(double[] a, double[] vectors, int n, int p, int q) {
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (int k = 0; k < n; k++) {
            turn(a, k * n + p, k * n + q, cosine, sine);
        }
        for (int k = 0; k < n; k++) {
            turn(a, p * n + k, q * n + k, cosine, sine);
            turn(vectors, p * n + k, q * n + k, cosine, sine);
        }
        a[p * n + q] = 0;
        a[q * n + p] = 0;
    }

    private static void turn(double[] array, int first, int second, double cosine, double sine) {
        double x = array[first];
        double y = array[second];
        array[first] = cosine * x - sine * y;
        array[second] = sine * x + cosine * y;
    }
}
