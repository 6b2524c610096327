package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.junit.jupiter.api.Test;

/** The closed form against the same scores formed in full by the policy. */
class SoftmaxScoresTest {

    private static final int STATES = 4;
    private static final int ACTIONS = 3;
    private static final int STEPS = 9;

    private final RandomStream random = RandomStream.at(3, Purpose.CHECK, 0, 0, 0, 0);
    private final TabularSoftmax policy = new TabularSoftmax(STATES, ACTIONS);
    private final double[] probabilities = probabilities();
    private final SoftmaxScores closed = new SoftmaxScores(probabilities, ACTIONS, 2 * STEPS);
    private final FullScores full = new FullScores(
            (state, weights, into) -> policy.addScores(
                    new double[STATES * ACTIONS], new double[] {state}, probabilities, weights, state * ACTIONS, into),
            STATES,
            STATES * ACTIONS);

    @Test
    void unitsHaveTheSameNormsAndTheSameSum() {
        double[] sum = new double[STATES * ACTIONS];
        for (int unit = 0; unit < 50; unit++) {
            play();
            play();
            UnitVector vector = new UnitVector(STATES * ACTIONS);
            UnitVector norm = new UnitVector(STATES * ACTIONS);
            full.endUnit(vector);
            closed.endUnit(norm);
            VectorMath.addScaled(1, vector.values, sum);
            double square = VectorMath.dot(vector.values, vector.values);
            assertThat(norm.square).isCloseTo(square, within(1e-12 * Math.max(1, square)));
        }
        double[] drained = new double[2 + STATES * ACTIONS];
        closed.drain(drained, 2);
        for (int i = 0; i < sum.length; i++) {
            assertThat(drained[2 + i]).isCloseTo(sum[i], within(1e-12));
        }
        double[] again = new double[STATES * ACTIONS];
        closed.drain(again, 0);
        assertThat(again).containsOnly(0);
    }

    @Test
    void aUnitWithoutStepsIsZero() {
        UnitVector norm = new UnitVector(STATES * ACTIONS);
        closed.endUnit(norm);
        assertThat(norm.square).isZero();
    }

    @Test
    void weightsThatAreNotFiniteShow() {
        closed.add(new int[] {1}, new int[] {4}, new double[] {Double.NaN}, 1);
        UnitVector norm = new UnitVector(STATES * ACTIONS);
        closed.endUnit(norm);
        assertThat(norm.square).isNaN();
    }

    private void play() {
        int[] states = new int[STEPS];
        int[] cells = new int[STEPS];
        double[] weights = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            states[t] = random.nextInt(STATES);
            cells[t] = states[t] * ACTIONS + random.nextInt(ACTIONS);
            weights[t] = random.nextGaussian();
        }
        closed.add(states, cells, weights, STEPS);
        full.add(states, cells, weights, STEPS);
    }

    private double[] probabilities() {
        double[] table = new double[STATES * ACTIONS];
        for (int s = 0; s < STATES; s++) {
            double total = 0;
            for (int b = 0; b < ACTIONS; b++) {
                table[s * ACTIONS + b] = random.nextDouble();
                total += table[s * ACTIONS + b];
            }
            for (int b = 0; b < ACTIONS; b++) {
                table[s * ACTIONS + b] /= total;
            }
        }
        return table;
    }
}
