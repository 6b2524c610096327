package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairObjectiveTest {

    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource
    void slopesAreDifferencesOfTheLoss(PairObjective objective) {
        for (double difference : new double[] {-3, -0.4, 0, 2}) {
            double quotient =
                    (objective.loss(difference + STEP, 0.2, 0.9) - objective.loss(difference - STEP, 0.2, 0.9))
                            / (2 * STEP);
            assertThat(objective.slope(difference, 0.2, 0.9)).isCloseTo(quotient, within(1e-10));
        }
    }

    /** Over both labels, each 1 with probability p, which is drawn on its own. */
    @ParameterizedTest
    @EnumSource
    void theMeanOverLabelsIsTheLossOfTheirProbability(PairObjective objective) {
        double p = 0.3;
        double mean = p * p * objective.loss(0.7, 1, 1)
                + p * (1 - p) * (objective.loss(0.7, 1, 0) + objective.loss(0.7, 0, 1))
                + (1 - p) * (1 - p) * objective.loss(0.7, 0, 0);
        assertThat(objective.loss(0.7, p, p)).isCloseTo(mean, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "0.2, 0.7"})
    void theMeanOfTwoLabelsHasTheirSlopeAndAQuarterOfTheirSquaredDifferenceMore(double label, double other) {
        PairObjective excess = PairObjective.EXCESS;
        double mean = (label + other) / 2;
        assertThat(excess.slope(0.7, mean, mean)).isCloseTo(excess.slope(0.7, label, other), within(1e-15));
        assertThat(excess.loss(0.7, mean, mean) - excess.loss(0.7, label, other))
                .isCloseTo((label - other) * (label - other) / 4, within(1e-15));
    }
}
