package io.stackel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriticTest {

    private static final int ROWS = 40;
    private static final double SCALE = 20;

    private final double[] observations = normal(0, 3 * ROWS);
    private final double[] lowerTargets = normal(1, ROWS);
    private final double[] upperTargets = normal(2, ROWS);

    private static double[] normal(int item, int count) {
        RandomStream random = RandomStream.at(4, Purpose.CHECK, 0, item, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private double halfSquares(ValueNetwork values, double[] phi) {
        double[] lower = new double[ROWS];
        double[] upper = new double[ROWS];
        values.at(phi).values(observations, ROWS, lower, upper);
        double sum = 0;
        for (int t = 0; t < ROWS; t++) {
            double first = (lower[t] - lowerTargets[t]) / SCALE;
            double second = (upper[t] - upperTargets[t]) / SCALE;
            sum += 0.5 * (first * first + second * second);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void fitGradientIsThatOfHalfTheSquares(int hidden) {
        ValueNetwork values = ValueNetwork.of(3, hidden == 0 ? List.of() : List.of(hidden, 5), SCALE, 1);
        double[] phi = normal(3, values.parameters());
        double[] gradient = new double[2 + phi.length];
        values.at(phi).addFitGradient(observations, new double[ROWS], ROWS, lowerTargets, upperTargets, gradient, 2);
        assertThat(gradient[0]).isZero();
        assertThat(gradient[1]).isZero();
        double h = 1e-5;
        for (int i = 0; i < phi.length; i++) {
            double[] more = phi.clone();
            double[] less = phi.clone();
            more[i] += h;
            less[i] -= h;
            double difference = (halfSquares(values, more) - halfSquares(values, less)) / (2 * h);
            assertThat(gradient[2 + i]).as("parameter %d", i).isCloseTo(difference, within(1e-7));
        }
    }

    @Test
    void valuesStartAtZero() {
        ValueNetwork values = ValueNetwork.of(3, List.of(5), SCALE, 1);
        double[] lower = normal(5, ROWS);
        double[] upper = normal(6, ROWS);
        values.at(values.start()).values(observations, ROWS, lower, upper);
        assertThat(lower).containsOnly(0);
        assertThat(upper).containsOnly(0);
    }

    @Test
    void headsAndScaleAreChecked() {
        assertThatThrownBy(() -> new ValueNetwork(Network.of(3, List.of(), 1, Activation.TANH), 1, 0, 0))
                .hasMessage("network must have 2 outputs, but had 1");
        assertThatThrownBy(() -> ValueNetwork.of(3, List.of(), 0, 0)).hasMessage("scale must be above 0, but was 0.0");
    }
}
