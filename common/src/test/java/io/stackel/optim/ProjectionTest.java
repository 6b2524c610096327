package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {

    private static final int SIZE = 6;

    static Stream<Arguments> projections() {
        return Stream.of(
                Arguments.of("none", Projection.none()),
                Arguments.of("box", Projection.box(-0.5, 0.25)),
                Arguments.of("half space of every coordinate", Projection.box(0.0, Double.POSITIVE_INFINITY)),
                Arguments.of("ball", Projection.ball(0.75)),
                Arguments.of("simplex", Projection.simplex(SIZE)),
                Arguments.of("simplex of rows", Projection.simplex(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("projections")
    void projectingTwiceIsProjectingOnce(String name, Projection projection) {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            double[] once = projected(projection, point(random));
            assertThat(projected(projection, once)).as(name).containsExactly(once, within(1e-15));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("projections")
    void distancesDoNotGrow(String name, Projection projection) {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 200; trial++) {
            double[] x = point(random);
            double[] y = point(random);
            double before = VectorMath.norm(VectorMath.minus(x, y));
            double after = VectorMath.norm(VectorMath.minus(projected(projection, x), projected(projection, y)));
            assertThat(after).as(name).isLessThanOrEqualTo(before * (1.0 + 1e-15));
        }
    }

    /** The projection p of x is the point of the set with (x - p) . (z - p) at most 0 for every z of the set. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("projections")
    void noPointOfTheSetIsNearer(String name, Projection projection) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            double[] x = point(random);
            double[] p = projected(projection, x);
            double[] z = projected(projection, point(random));
            assertThat(VectorMath.dot(VectorMath.minus(x, p), VectorMath.minus(z, p)))
                    .as(name)
                    .isLessThanOrEqualTo(1e-14);
        }
    }

    @Test
    void noneLeavesEveryBit() {
        double[] x = {1e300, -0.0, Double.NaN};
        assertThat(projected(Projection.none(), x)).containsExactly(x);
    }

    @Test
    void boxCutsCoordinates() {
        assertThat(projected(Projection.box(-1, 2), new double[] {-5, -1, 0.5, 2, 7, Double.NaN}))
                .containsExactly(-1, -1, 0.5, 2, 2, Double.NaN);
    }

    @Test
    void ballShortensAndLeavesTheInsideAlone() {
        assertThat(projected(Projection.ball(5), new double[] {6, 8})).containsExactly(3, 4);
        assertThat(projected(Projection.ball(5), new double[] {0.1, 0.2})).containsExactly(0.1, 0.2);
    }

    @Test
    void simplexProjectsRowByRow() {
        assertThat(projected(Projection.simplex(2), new double[] {3, 1, 0.5, 0.5, 0, 0.5}))
                .containsExactly(new double[] {1, 0, 0.5, 0.5, 0.25, 0.75}, within(1e-16));
    }

    @Test
    void refusesSetsThatAreEmptyOrDoNotFit() {
        assertThatThrownBy(() -> Projection.box(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("low must be at most high, but low was 1.0 and high 0.0");
        assertThatThrownBy(() -> Projection.ball(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("radius must be positive, but was 0.0");
        assertThatThrownBy(() -> Projection.simplex(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rowSize must be at least 1, but was 0");
        assertThatThrownBy(() -> Projection.simplex(2).projectInPlace(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length must be a multiple of rowSize 2, but was 3");
    }

    private static double[] projected(Projection projection, double[] x) {
        double[] result = x.clone();
        projection.projectInPlace(result);
        return result;
    }

    /** Coordinates in [-2, 2), every fourth of them equal to its neighbour. */
    private static double[] point(SplittableRandom random) {
        double[] x = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = i > 0 && random.nextInt(4) == 0 ? x[i - 1] : 4.0 * random.nextDouble() - 2.0;
        }
        return x;
    }
}
