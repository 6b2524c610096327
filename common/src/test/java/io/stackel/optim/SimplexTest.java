package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimplexTest {

    /** y is the projection iff y &gt;= 0, sum y = 1 and some shift has x - y = shift where y &gt; 0, x &lt;= shift where y = 0. */
    @Test
    void optimalityConditionsHold() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 2000; trial++) {
            int count = 1 + random.nextInt(12);
            double spread = StrictMath.pow(10.0, 4.0 * random.nextDouble() - 2.0);
            double[] x = new double[count];
            for (int i = 0; i < count; i++) {
                x[i] = spread * (random.nextDouble() - 0.5);
            }
            assertOptimal(x, projected(x), 1e-13 * Math.max(1.0, spread));
        }
    }

    @Test
    void agreesWithASearchOverAGrid() {
        SplittableRandom random = new SplittableRandom(2);
        int grid = 200;
        for (int trial = 0; trial < 50; trial++) {
            double[] x = {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1};
            double[] best = {1, 0, 0};
            for (int i = 0; i <= grid; i++) {
                for (int j = 0; i + j <= grid; j++) {
                    double[] candidate = {i / 200.0, j / 200.0, (grid - i - j) / 200.0};
                    best = distanceSquared(x, candidate) < distanceSquared(x, best) ? candidate : best;
                }
            }
            assertThat(projected(x)).containsExactly(best, within(1.0 / grid));
        }
    }

    @Test
    void commonOffsetMakesNoDifference() {
        assertThat(projected(new double[] {0.5, 0.25, -1})).containsExactly(0.625, 0.375, 0);
        assertThat(projected(new double[] {1e9 + 0.5, 1e9 + 0.25, 1e9 - 1})).containsExactly(0.625, 0.375, 0);
    }

    @Test
    void singleElementBecomesOne() {
        assertThat(projected(new double[] {-17})).containsExactly(1.0);
    }

    @Test
    void elementsOutsideTheRowStay() {
        double[] x = {7, 3, 3, 7};
        Simplex.projectInPlace(x, 1, 2);
        assertThat(x).containsExactly(7, 0.5, 0.5, 7);
    }

    @Test
    void notANumberStaysVisible() {
        assertThat(projected(new double[] {1, Double.NaN, 0})).contains(Double.NaN);
    }

    private static void assertOptimal(double[] x, double[] y, double tolerance) {
        double sum = 0.0;
        double shift = Double.NaN;
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isNotNegative();
            sum += y[i];
            shift = y[i] > 0.0 ? x[i] - y[i] : shift;
        }
        assertThat(sum).isCloseTo(1.0, within(tolerance));
        for (int i = 0; i < x.length; i++) {
            if (y[i] > 0.0) {
                assertThat(x[i] - y[i]).isCloseTo(shift, within(tolerance));
            } else {
                assertThat(x[i]).isLessThanOrEqualTo(shift + tolerance);
            }
        }
    }

    private static double distanceSquared(double[] x, double[] y) {
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return sum;
    }

    private static double[] projected(double[] x) {
        double[] result = x.clone();
        Simplex.projectInPlace(result, 0, result.length);
        return result;
    }
}
