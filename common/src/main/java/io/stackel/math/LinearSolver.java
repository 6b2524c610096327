package io.stackel.math;

/**
 * Dense linear systems A x = b by LU decomposition with partial pivoting, P A = L U, factored once and solved often.
 *
 * <p>Row-major, right-looking, in panels of columns: the trailing rows take the product of a panel four of its columns
 * at a time. Loops run in a fixed order, so a solution has the same bits everywhere. Factoring costs 2/3 n^3 flops, a
 * solve 2 n^2. Source: Golub, Van Loan, "Matrix computations", 4th edition, sections 3.2.11 and 3.4.
 *
 * <p>A solver is immutable once made and may be shared between threads.
 */
public final class LinearSolver {

    private static final int PANEL = 32;

    private final double[] lu;
    private final int n;
    private final int[] rowOf;

    private LinearSolver(double[] lu, int n) {
        this.lu = lu;
        this.n = n;
        this.rowOf = new int[n];
    }

    /**
     * Factors a matrix, which is copied.
     *
     * @param matrix row-major [n][n]
     * @param n order of the matrix
     * @throws ArithmeticException if the matrix is singular (a pivot is exactly zero) or not finite
     */
    public static LinearSolver factor(double[] matrix, int n) {
        if (n < 0 || matrix.length != (long) n * n) {
            throw new IllegalArgumentException(
                    "matrix must have n * n = " + n + " * " + n + " elements, but had " + matrix.length);
        }
        LinearSolver solver = new LinearSolver(matrix.clone(), n);
        solver.factorInPlace();
        return solver;
    }

    /** A new array x with A x = rhs, [n]. */
    public double[] solve(double[] rhs) {
        double[] x = rhs.clone();
        solveInPlace(x);
        return x;
    }

    /** Replaces the right-hand side by x with A x = rhs, [n]. */
    public void solveInPlace(double[] rhs) {
        requireLength(rhs, 1);
        double[] x = permuted(rhs, 1);
        for (int i = 0; i < n; i++) {
            x[i] -= partialDot(i, 0, i, x);
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] = (x[i] - partialDot(i, i + 1, n, x)) / lu[i * n + i];
        }
        System.arraycopy(x, 0, rhs, 0, n);
    }

    /**
     * Solves for many right-hand sides at once.
     *
     * @param rhs row-major [n][columns], a right-hand side a column
     * @param columns number of right-hand sides
     * @return a new array X with A X = rhs, row-major [n][columns]
     */
    public double[] solve(double[] rhs, int columns) {
        requireLength(rhs, columns);
        double[] x = permuted(rhs, columns);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                subtractRow(x, i * columns, lu[i * n + k], x, k * columns, columns);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                subtractRow(x, i * columns, lu[i * n + k], x, k * columns, columns);
            }
            double pivot = lu[i * n + i];
            for (int c = i * columns; c < (i + 1) * columns; c++) {
                x[c] /= pivot;
            }
        }
        return x;
    }

    /** A new array x with A^T x = rhs, [n]. */
    public double[] solveTransposed(double[] rhs) {
        requireLength(rhs, 1);
        double[] y = rhs.clone();
        for (int k = 0; k < n; k++) {
            y[k] /= lu[k * n + k];
            double solved = y[k];
            for (int j = k + 1; j < n; j++) {
                y[j] -= lu[k * n + j] * solved;
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            subtractRow(y, 0, y[k], lu, k * n, k);
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[rowOf[i]] = y[i];
        }
        return x;
    }

    private void factorInPlace() {
        for (int i = 0; i < n; i++) {
            rowOf[i] = i;
        }
        for (int from = 0; from < n; from += PANEL) {
            int to = Math.min(from + PANEL, n);
            factorPanel(from, to);
            for (int k = from; k < to; k++) {
                for (int i = k + 1; i < to; i++) {
                    subtractRow(lu, i * n + to, lu[i * n + k], lu, k * n + to, n - to);
                }
            }
            for (int i = to; i < n; i++) {
                updateRow(i, from, to);
            }
        }
    }

    /** Eliminates columns from ... to - 1 within themselves, with row exchanges over all columns. */
    private void factorPanel(int from, int to) {
        for (int k = from; k < to; k++) {
            exchangeRows(k, pivotRow(k));
            double pivot = lu[k * n + k];
            if (pivot == 0.0 || !Double.isFinite(pivot)) {
                throw new ArithmeticException(
                        "matrix of order " + n + " must be finite and non-singular, but pivot " + k + " was " + pivot);
            }
            for (int i = k + 1; i < n; i++) {
                double factor = lu[i * n + k] / pivot;
                lu[i * n + k] = factor;
                subtractRow(lu, i * n + k + 1, factor, lu, k * n + k + 1, to - k - 1);
            }
        }
    }

    /** Row i, columns to ... n - 1, minus the panel's factors of that row times the panel's rows of U. */
    private void updateRow(int i, int from, int to) {
        double[] a = lu;
        int row = i * n;
        int k = from;
        for (; k + 4 <= to; k += 4) {
            double f0 = a[row + k];
            double f1 = a[row + k + 1];
            double f2 = a[row + k + 2];
            double f3 = a[row + k + 3];
            int u0 = k * n;
            int u1 = u0 + n;
            int u2 = u1 + n;
            int u3 = u2 + n;
            for (int j = to; j < n; j++) {
                a[row + j] -= f0 * a[u0 + j] + f1 * a[u1 + j] + f2 * a[u2 + j] + f3 * a[u3 + j];
            }
        }
        for (; k < to; k++) {
            subtractRow(a, row + to, a[row + k], a, k * n + to, n - to);
        }
    }

    private int pivotRow(int column) {
        int best = column;
        double largest = Math.abs(lu[column * n + column]);
        for (int i = column + 1; i < n; i++) {
            double candidate = Math.abs(lu[i * n + column]);
            if (candidate > largest) {
                largest = candidate;
                best = i;
            }
        }
        return best;
    }

    private void exchangeRows(int first, int second) {
        if (first == second) {
            return;
        }
        for (int j = 0; j < n; j++) {
            double kept = lu[first * n + j];
            lu[first * n + j] = lu[second * n + j];
            lu[second * n + j] = kept;
        }
        int kept = rowOf[first];
        rowOf[first] = rowOf[second];
        rowOf[second] = kept;
    }

    private double[] permuted(double[] rhs, int columns) {
        double[] x = new double[rhs.length];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rhs, rowOf[i] * columns, x, i * columns, columns);
        }
        return x;
    }

    private double partialDot(int row, int from, int to, double[] x) {
        double sum = 0.0;
        for (int k = from; k < to; k++) {
            sum += lu[row * n + k] * x[k];
        }
        return sum;
    }

    /** target[t + j] -= factor * source[s + j] for count elements. */
    private static void subtractRow(double[] target, int t, double factor, double[] source, int s, int count) {
        for (int j = 0; j < count; j++) {
            target[t + j] -= factor * source[s + j];
        }
    }

    private void requireLength(double[] rhs, int columns) {
        if (columns < 0 || rhs.length != (long) n * columns) {
            throw new IllegalArgumentException("right-hand side must have n * columns = " + n + " * " + columns
                    + " elements, but had " + rhs.length);
        }
    }
}
