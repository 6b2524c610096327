package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer.Update;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdamTest {

    /*
     * Iterates of five steps, from the published algorithm in Python with 50 digits:
     *
     *   from mpmath import mp, mpf, sqrt; mp.dps = 50
     *   b1, b2, eps, lr = mpf('0.9'), mpf('0.999'), mpf('1e-8'), mpf('0.1')
     *   x, m, v = [mpf(1), mpf(-2), mpf('0.5')], [mpf(0)] * 3, [mpf(0)] * 3
     *   for t in range(1, 6):
     *       g = [2 * x[0] + t, x[1]**3, mpf(t) * t - 4]
     *       for i in range(3):
     *           m[i], v[i] = b1 * m[i] + (1 - b1) * g[i], b2 * v[i] + (1 - b2) * g[i]**2
     *           x[i] -= lr * (m[i] / (1 - b1**t)) / (sqrt(v[i] / (1 - b2**t)) + eps)
     *       print([float(a) for a in x])
     */
    private static final double[][] ITERATES = {
        {0.9000000003333334, -1.900000000125, 0.5999999996666666},
        {0.8000757866414667, -1.8006926974918778, 0.6670058247643735},
        {0.7000802824497235, -1.7025794861609798, 0.6388425760960003},
        {0.5998506069750552, -1.6061707759959938, 0.5764897483341604},
        {0.4992357923310296, -1.5119663622082733, 0.5021901037669837}
    };

    private static final double[] FIRST_MOMENT = {1.952446849720479, -2.3563819703902738, 3.38817};
    private static final double[] SECOND_MOMENT = {0.11204873767902096, 0.18617496061207836, 0.618770078964009};

    @Test
    void iteratesAreThoseOfThePublishedAlgorithm() {
        Adam adam = new Adam();
        Update update = new Update(new double[] {1, -2, 0.5}, adam.init(3));
        for (int step = 0; step < ITERATES.length; step++) {
            update = adam.step(update.state(), update.x(), gradient(update.x(), step + 1.0), 0.1);
            assertThat(update.x()).containsExactly(ITERATES[step], within(1e-13));
        }
        assertThat(values(update.state(), "firstMoment")).containsExactly(FIRST_MOMENT, within(1e-13));
        assertThat(values(update.state(), "secondMoment")).containsExactly(SECOND_MOMENT, within(1e-13));
        assertThat(update.state()).containsEntry("count", Tensor.of(5L)).hasSize(3);
    }

    @Test
    void epsilonBoundsTheStepOfATinyGradient() {
        Adam adam = new Adam();
        Update update = adam.step(adam.init(3), new double[3], new double[] {0.0, 1e-8, -3e-8}, 1.0);
        assertThat(update.x()).containsExactly(new double[] {0.0, -0.5, 0.75}, within(1e-12));
    }

    @Test
    void stepMayBeRepeated() {
        Adam adam = new Adam(0.8, 0.9, 1e-4);
        Update first = adam.step(adam.init(2), new double[] {1, 2}, new double[] {3, -1}, 0.1);
        Update second = adam.step(first.state(), first.x(), new double[] {1, 1}, 0.1);
        assertThat(adam.step(first.state(), first.x(), new double[] {1, 1}, 0.1))
                .isEqualTo(second)
                .hasSameHashCodeAs(second)
                .isNotEqualTo(first);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new Adam(1.0, 0.9, 1e-8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("beta1 must be in [0, 1), but was 1.0");
        assertThatThrownBy(() -> new Adam(0.9, -0.1, 1e-8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("beta2 must be in [0, 1), but was -0.1");
        assertThatThrownBy(() -> new Adam(0.9, 0.999, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon must be positive, but was 0.0");
        SortedMap<String, Tensor> state = new TreeMap<>(new Adam().init(1));
        state.remove("count");
        assertThatThrownBy(() -> new Adam().step(state, new double[1], new double[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must have one whole number named count, but had only [firstMoment, secondMoment]");
    }

    private static double[] gradient(double[] x, double t) {
        return new double[] {2 * x[0] + t, x[1] * x[1] * x[1], t * t - 4};
    }

    private static double[] values(SortedMap<String, Tensor> state, String name) {
        return ((Tensor.Real) state.get(name)).values();
    }
}
