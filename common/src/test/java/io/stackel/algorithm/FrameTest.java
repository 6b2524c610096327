package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.SmallProblems;
import io.stackel.math.ChiSquare;
import io.stackel.math.Normal;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final double ALARM = 1e-6;

    private final FiniteProblem rooms = SmallProblems.fourRooms();
    private final Setup setup = Setups.of(rooms, Setups.PLANNED, false);
    private final Frame frame = new Frame(setup);

    /** A table of context against the first action bit of the iteration's first trajectory; false-alarm rate 1e-6. */
    @Test
    void contextsAreUniformAndIndependentOfTrainingDraws() {
        long[] counts = new long[4];
        for (long iteration = 0; iteration < 20_000; iteration++) {
            long word = RandomStream.at(setup.seed(), Purpose.TRAINING, 0, 0, iteration, 0)
                    .nextLong();
            counts[(int) (2L * frame.context(iteration) + (word >>> 63))]++;
        }
        double statistic = ChiSquare.statistic(counts, new double[] {0.25, 0.25, 0.25, 0.25});
        assertThat(ChiSquare.upperTail(statistic, 3)).isGreaterThan(ALARM);
    }

    @Test
    void contextsAndDirectionsDependOnSeedAndIterationAlone() {
        Setup other = Setups.of(rooms, Setups.ADAM, true);
        int differ = 0;
        for (long iteration = 0; iteration < 100; iteration++) {
            assertThat(new Frame(other).context(iteration)).isEqualTo(frame.context(iteration));
            differ += frame.context(iteration) == frame.context(iteration + 1) ? 0 : 1;
        }
        assertThat(differ).isBetween(20, 80);
        assertThat(new Frame(other).direction(7)).containsExactly(frame.direction(7));
        assertThat(frame.direction(8)).isNotEqualTo(frame.direction(7));
    }

    @Test
    void theOnlyContextIsNumberZero() {
        Frame single = new Frame(Setups.of(SmallProblems.rewardDesign(), Setups.PLANNED, false));
        for (long iteration = 0; iteration < 10; iteration++) {
            assertThat(single.context(iteration)).isZero();
        }
    }

    /** Sum and sum of squares of 105 x 200 normal numbers, each within a quantile of false-alarm rate 1e-6. */
    @Test
    void directionsAreStandardNormal() {
        int n = 0;
        double sum = 0;
        double squares = 0;
        for (long iteration = 0; iteration < 200; iteration++) {
            for (double value : frame.direction(iteration)) {
                sum += value;
                squares += value * value;
                n++;
            }
        }
        double limit = -Normal.quantile(ALARM / 2);
        assertThat(n).isEqualTo(200 * rooms.upperSize());
        assertThat(Math.abs(sum)).isLessThan(limit * Math.sqrt(n));
        assertThat(Math.abs(squares - n)).isLessThan(limit * Math.sqrt(2.0 * n));
    }

    @Test
    void targetsAreShiftedAlongTheDirectionOfTheIteration() {
        double[] x = new double[rooms.upperSize()];
        x[3] = 5;
        State none = new State(0, 4, 0, 0, 0, new TreeMap<>());
        assertThat(frame.upperOf(new Target(0.5, 0), none, x, 4)).isSameAs(x);
        double[] moved = frame.upperOf(new Target(0, -0.1), none, x, 4);
        VectorMath.addScaled(0.1, frame.direction(4), moved);
        assertThat(moved).usingComparatorWithPrecision(1e-15).containsExactly(x);
    }

    @Test
    void theStartIsAdmissible() {
        Setup.UpperRule narrow = new Setup.UpperRule(
                setup.upper().optimizer(),
                setup.upper().schedule(),
                1,
                setup.upper().clipNorm(),
                Projection.box(-0.005, 0.005),
                1);
        Setup bounded = new Setup(rooms, setup.policy(), 17, narrow, setup.lower(), setup.sampling());
        double[] start = new Frame(bounded).start();
        assertThat(start).contains(0.005, -0.005);
        for (double value : start) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(0.005);
        }
        assertThat(VectorMath.maxAbs(frame.start())).isGreaterThan(0.005);
    }
}
