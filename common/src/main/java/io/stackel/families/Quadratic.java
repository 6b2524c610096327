package io.stackel.families;

import io.stackel.math.RowMath;
import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.Parameter;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.RandomStream;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Simulated quadratics with a known hypergradient. Both levels are means over rows (a, q, l in R^n; o, p, s in R^m) of
 *
 * <pre>
 *   1/2 (a.w)^2 + 1/2 (o.x)^2 + (p.x) (q.w) + l.w + s.x
 *   E a a' = Q diag(logspace(.1, 1)) Q',   E o o' = R diag(0, logspace(.1, 1)) R',   E p q' = .1 U V',   l, s ~ N(0, I)
 * </pre>
 *
 * <p>with orthogonal Q, R, U, V of each level's own; both variables start at standard normal numbers. Source: the data set
 * {@code simulated} of benchmark_bilevel (Dagreou et al., NeurIPS 2022), L = 1, mu = .1, L_cross = .1. Departures: Q and R
 * are Householder reflections, U and V orthonormalised normal matrices, where the source takes singular vectors; the source
 * draws again until the value function is bounded below, here the seed decides.
 *
 * <p>Rows are drawn by address. A block is made when it is first asked for and then kept.
 */
final class Quadratic implements QuadraticLower, RowProblem {

    /** The defaults are the sizes of benchmark_bilevel's configuration for it. */
    static final ProblemFamily FAMILY = new ProblemFamily(
            "quadratic",
            "simulated quadratics of benchmark_bilevel, whose hypergradient is known",
            true,
            (settings, data) -> new Quadratic(settings),
            List.of(
                    Parameter.whole(
                            "trainingRows", 32_768, Range.closed(1, 10_000_000), "Number of rows of the lower level."),
                    Parameter.whole(
                            "validationRows", 1024, Range.closed(1, 10_000_000), "Number of rows of the upper level."),
                    Parameter.whole("lowerSize", 100, Range.closed(1, 2_000), "Number of coordinates of w."),
                    Parameter.whole(
                            "upperSize", 10, Range.closed(1, 2_000), "Number of coordinates of x, at most that of w."),
                    Parameter.whole(
                            "rowsPerBlock",
                            64,
                            Range.closed(1, 1_000_000),
                            "Rows in a block, the unit of a minibatch."),
                    Parameter.whole(
                            "problemSeed", 0, Range.FINITE, "Seed of the rows; the run's seed does not change them.")));

    private final int n;
    private final int m;
    private final BlockSet training;
    private final BlockSet validation;
    private Means means;

    /** The data's part of the lower level: mean a a', mean p q' (m x n), mean l. */
    private record Means(double[] curvature, double[] cross, double[] linear) {}

    private Quadratic(Settings settings) {
        n = settings.count("lowerSize");
        m = settings.count("upperSize");
        if (m > n) {
            throw new IllegalArgumentException(
                    "problem.upperSize must be at most problem.lowerSize, " + n + ", but was " + m);
        }
        training = rows(settings, "trainingRows", 0);
        validation = rows(settings, "validationRows", 1);
    }

    private QuadraticRows rows(Settings settings, String key, int level) {
        return new QuadraticRows(
                n, m, settings.whole("problemSeed"), level, settings.count(key), settings.count("rowsPerBlock"));
    }

    @Override
    public int upperSize() {
        return m;
    }

    @Override
    public int lowerSize() {
        return n;
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        return RandomTables.normal(random, m, 1);
    }

    @Override
    public DenseVector lowerStart(RandomStream random) {
        return RandomTables.normal(random, n, 1);
    }

    @Override
    public BlockSet training() {
        return training;
    }

    @Override
    public BlockSet validation() {
        return validation;
    }

    @Override
    public double addLowerLoss(
            DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
        double[] x = upper.values();
        double[] w = lower.values();
        double[] rows = block.rowMajor();
        double total = 0;
        for (int i = 0; i < block.rows(); i++) {
            int a = i * block.columns();
            int q = a + n;
            int l = q + n;
            int o = l + n;
            int p = o + m;
            int s = p + m;
            double aw = RowMath.dot(rows, a, w);
            double qw = RowMath.dot(rows, q, w);
            double ox = RowMath.dot(rows, o, x);
            double px = RowMath.dot(rows, p, x);
            total += aw * aw / 2 + ox * ox / 2 + px * qw + RowMath.dot(rows, l, w) + RowMath.dot(rows, s, x);
            if (lowerInto.length > 0) {
                for (int j = 0; j < n; j++) {
                    lowerInto[j] += aw * rows[a + j] + px * rows[q + j] + rows[l + j];
                }
            }
            if (upperInto.length > 0) {
                for (int j = 0; j < m; j++) {
                    upperInto[j] += ox * rows[o + j] + qw * rows[p + j] + rows[s + j];
                }
            }
        }
        return total;
    }

    private synchronized Means means() {
        if (means == null) {
            double[] curvature = new double[n * n];
            double[] cross = new double[m * n];
            double[] linear = new double[n];
            for (int b = 0; b < trainingBlocks(); b++) {
                addMeans(trainingBlock(b), curvature, cross, linear);
            }
            means = new Means(curvature, cross, linear);
        }
        return means;
    }

    private void addMeans(DataBlock block, double[] curvature, double[] cross, double[] linear) {
        double[] rows = block.rowMajor();
        double share = 1.0 / training.rows();
        for (int i = 0; i < block.rows(); i++) {
            int a = i * block.columns();
            int q = a + n;
            int l = q + n;
            int p = l + n + m;
            for (int j = 0; j < n; j++) {
                RowMath.addScaled(share * rows[a + j], rows, a, n, curvature, j * n);
            }
            for (int j = 0; j < m; j++) {
                RowMath.addScaled(share * rows[p + j], rows, q, n, cross, j * n);
            }
            RowMath.addScaled(share, rows, l, n, linear, 0);
        }
    }

    @Override
    public void lowerCurvature(DenseVector upper, double[] into) {
        System.arraycopy(means().curvature, 0, into, 0, n * n);
    }

    @Override
    public void lowerSlope(DenseVector upper, double[] into) {
        System.arraycopy(means().linear, 0, into, 0, n);
        for (int i = 0; i < m; i++) {
            RowMath.addScaled(upper.values()[i], means().cross, i * n, n, into, 0);
        }
    }

    @Override
    public void addMixedPullback(DenseVector upper, DenseVector lower, double[] weights, double[] into) {
        for (int i = 0; i < m; i++) {
            into[i] += RowMath.dot(means().cross, i * n, weights);
        }
    }
}
