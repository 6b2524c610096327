package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetGridTest {

    private static final int CELLS = 7;
    private static final double[] VALUE = {1, -2, 0.5, 3, -1, 0.25, 4};

    private final AssetGrid grid = new AssetGrid(CELLS, -10, 11, 3);

    /** The density of a truncated normal number, integrated by the midpoint rule: 3000 points a cell err by 1e-8. */
    @ParameterizedTest
    @ValueSource(doubles = {-10, -7.3, 0, 2.5, 11})
    void probabilitiesAreIntegralsOfTheTruncatedDensity(double mean) {
        double[] mass = new double[CELLS];
        double total = 0;
        int points = 3000;
        for (int j = 0; j < CELLS; j++) {
            for (int k = 0; k < points; k++) {
                double z = (-10 + 3 * (j + (k + 0.5) / points) - mean) / 3;
                mass[j] += StrictMath.exp(-z * z / 2);
            }
            total += mass[j];
        }
        double[] probabilities = probabilities(mean);
        for (int j = 0; j < CELLS; j++) {
            assertThat(probabilities[j]).isCloseTo(mass[j] / total, within(1e-7));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9.9, -7.3, 0, 2.5, 10.9})
    void slopeAndScoresAreDerivatives(double mean) {
        double[] up = probabilities(mean + 1e-5);
        double[] down = probabilities(mean - 1e-5);
        double[] here = probabilities(mean);
        double slope = 0;
        for (int j = 0; j < CELLS; j++) {
            double derivative = (up[j] - down[j]) / 2e-5;
            slope += VALUE[j] * derivative;
            assertThat(grid.score(mean, j) * here[j]).isCloseTo(derivative, within(1e-9));
        }
        assertThat(grid.slope(mean, VALUE)).isCloseTo(slope, within(1e-8));
    }

    @Test
    void meansAreClipped() {
        assertThat(grid.clipped(-11)).isEqualTo(-10);
        assertThat(grid.clipped(12)).isEqualTo(11);
        assertThat(grid.isInside(-10)).isFalse();
        assertThat(grid.isInside(0)).isTrue();
        assertThat(grid.middle(0)).isEqualTo(-8.5);
        assertThat(grid.middle(6)).isEqualTo(9.5);
    }

    private double[] probabilities(double mean) {
        double[] probabilities = new double[CELLS];
        grid.probabilities(mean, probabilities, 0);
        return probabilities;
    }
}
