package io.stackel.families;

import io.stackel.math.RowMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The rows of one level of {@link Quadratic}: a, q, l (n numbers each), then o, p, s (m numbers each). */
final class QuadraticRows implements BlockSet {

    private static final double SMALLEST = 0.1;
    private static final double LARGEST = 1;
    private static final double CROSS = 0.1;

    /** What a stream is for; the number times two plus the level is the role in its address. */
    private static final int LOWER_AXES = 0;

    private static final int UPPER_AXES = 1;
    private static final int LEFT_AXES = 2;
    private static final int RIGHT_AXES = 3;
    private static final int ROW = 4;

    private final int n;
    private final int m;
    private final long seed;
    private final int level;
    private final int rows;
    private final int rowsPerBlock;
    private final AtomicReferenceArray<DataBlock> made;
    private final double[] lowerAxis;
    private final double[] upperAxis;
    private final double[] left;
    private final double[] right;
    private final double[] lowerRoots;
    private final double[] upperRoots;

    /**
     * Draws the curvatures of one level from the seed; rows follow by address.
     *
     * @param level 0 for training, 1 for validation
     */
    QuadraticRows(int n, int m, long seed, int level, int rows, int rowsPerBlock) {
        this.n = n;
        this.m = m;
        this.seed = seed;
        this.level = level;
        this.rows = rows;
        this.rowsPerBlock = rowsPerBlock;
        made = new AtomicReferenceArray<>((rows - 1) / rowsPerBlock + 1);
        lowerAxis = axis(LOWER_AXES, n);
        upperAxis = axis(UPPER_AXES, m);
        left = orthogonal(LEFT_AXES, m);
        right = orthogonal(RIGHT_AXES, n);
        lowerRoots = roots(n, 0);
        upperRoots = roots(m, 1);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int columns() {
        return 3 * (n + m);
    }

    @Override
    public int blocks() {
        return made.length();
    }

    private RandomStream stream(int use, long item) {
        return RandomStream.at(seed, Purpose.PROBLEM, 2 * use + level, item, 0, 0);
    }

    /** A unit vector, evenly distributed. */
    private double[] axis(int use, int size) {
        double[] axis = new double[size];
        double square = 0;
        RandomStream random = stream(use, 0);
        for (int i = 0; i < size; i++) {
            axis[i] = random.nextGaussian();
            square += axis[i] * axis[i];
        }
        for (int i = 0; i < size; i++) {
            axis[i] /= Math.sqrt(square);
        }
        return axis;
    }

    /** An orthogonal matrix, row-major, evenly distributed: normal rows made orthonormal one after the other. */
    private double[] orthogonal(int use, int size) {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            RandomStream random = stream(use, i);
            int row = i * size;
            draw(random, size, matrix, row);
            for (int k = 0; k < i; k++) {
                double product = RowMath.dot(matrix, row, matrix, k * size, size);
                RowMath.addScaled(-product, matrix, k * size, size, matrix, row);
            }
            double norm = Math.sqrt(RowMath.dot(matrix, row, matrix, row, size));
            for (int j = 0; j < size; j++) {
                matrix[row + j] /= norm;
            }
        }
        return matrix;
    }

    /** Square roots of eigenvalues that are evenly spaced in their logarithm, after {@code zeros} zeros. */
    private static double[] roots(int size, int zeros) {
        double[] roots = new double[size];
        int count = size - zeros;
        double step = StrictMath.log(LARGEST / SMALLEST) / Math.max(1, count - 1);
        for (int i = zeros; i < size; i++) {
            roots[i] = Math.sqrt(SMALLEST * StrictMath.exp((i - zeros) * step));
        }
        return roots;
    }

    /** A block, whose labels are zeros. Threads that make it at once make the same one. */
    @Override
    public DataBlock block(int index) {
        DataBlock known = made.get(index);
        if (known != null) {
            return known;
        }
        int first = index * rowsPerBlock;
        int count = Math.min(rowsPerBlock, rows - first);
        int columns = columns();
        double[] cells = new double[count * columns];
        double[] normal = new double[Math.max(n, m)];
        for (int i = 0; i < count; i++) {
            fill(stream(ROW, first + i), cells, i * columns, normal);
        }
        DataBlock fresh = DataBlock.of(first, columns, cells, new double[count]);
        made.set(index, fresh);
        return fresh;
    }

    private void fill(RandomStream random, double[] rows, int at, double[] normal) {
        int q = at + n;
        int l = q + n;
        int o = l + n;
        int p = o + m;
        int s = p + m;
        correlated(random, lowerAxis, lowerRoots, rows, at, normal);
        correlated(random, upperAxis, upperRoots, rows, o, normal);
        draw(random, n, normal, 0);
        for (int i = 0; i < m; i++) {
            rows[p + i] = CROSS * RowMath.dot(left, i * m, normal, 0, m);
        }
        for (int i = 0; i < n; i++) {
            rows[q + i] = RowMath.dot(right, i * n, normal, 0, n);
        }
        draw(random, n, rows, l);
        draw(random, m, rows, s);
    }

    private static void draw(RandomStream random, int count, double[] into, int at) {
        for (int i = at; i < at + count; i++) {
            into[i] = random.nextGaussian();
        }
    }

    /** Q diag(roots) Q z with a standard normal z, of covariance Q diag(roots^2) Q, Q a reflection. */
    private static void correlated(
            RandomStream random, double[] axis, double[] roots, double[] into, int at, double[] normal) {
        draw(random, axis.length, normal, 0);
        reflect(axis, normal, 0);
        for (int j = 0; j < axis.length; j++) {
            into[at + j] = roots[j] * normal[j];
        }
        reflect(axis, into, at);
    }

    /** v - 2 (axis.v) axis. */
    private static void reflect(double[] axis, double[] values, int at) {
        double product = 0;
        for (int j = 0; j < axis.length; j++) {
            product += axis[j] * values[at + j];
        }
        for (int j = 0; j < axis.length; j++) {
            values[at + j] -= 2 * product * axis[j];
        }
    }
}
