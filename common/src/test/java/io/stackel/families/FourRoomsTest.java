package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.FourRooms.Cell;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourRoomsTest {

    private static final List<Cell> GOALS = List.of(new Cell(1, 9), new Cell(11, 11));

    /** Leader's value and norm of the hypergradient at x = 0, computed independently by linear solves in NumPy. */
    @ParameterizedTest
    @CsvSource({
        "0.001, 0, 1, -0.147461, 1.427e-3",
        "0.001, 1, 1, 0.723777, 2.198e-1",
        "0.003, 0, 3, -0.435046, 4.333e-3"
    })
    void startingPointHasTheKnownValueAndGradient(double tau, int goal, double costWeight, String value, String norm) {
        FourRooms problem = FourRooms.of(GOALS, 0.99, tau, costWeight, 0.01);
        ExactPoint point = new ExactModel(problem, goal).at(new DenseVector(new double[105]));
        Objective objective = point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, new double[0]));
        assertThat(String.format(Locale.ROOT, "%.6f", -objective.value())).isEqualTo(value);
        assertThat(String.format(Locale.ROOT, "%.3e", VectorMath.norm(objective.gradient()))
                        .replace("e-0", "e-"))
                .isEqualTo(norm);
    }

    @Test
    void pictureShowsThePenaltiesThatTheFollowerPays() {
        FourRooms problem = FourRooms.of(GOALS, 0.99, 0.003, 1, 0.01);
        DenseVector upper = new DenseVector(new double[105]);
        upper.values()[7] = 2;
        double[] reward = new double[104 * FourRoomsGrid.MOVES];
        problem.lowerReward(upper, 1, reward);
        int goal = problem.landmarks(1).get(1).state();
        double[] incentives = problem.incentives(upper, 1);

        assertThat(goal).isEqualTo(103);
        assertThat(incentives[goal]).isZero();
        assertThat(problem.upperName(problem.landmarks(0).get(2).state())).isEqualTo("cell (8,4)");
        assertThat(problem.upperName(104)).isEqualTo("unspent");
        for (int s = 0; s < 103; s++) {
            assertThat(incentives[s]).isEqualTo(reward[s * FourRoomsGrid.MOVES]).isNegative();
        }
        assertThat(String.join("", problem.map()).chars().filter(cell -> cell != '#'))
                .hasSize(104);
    }

    @Test
    void gridHas104FreeCells() {
        FourRoomsGrid grid = new FourRoomsGrid();
        assertThat(grid.states()).isEqualTo(104);
        assertThat(grid.state(1, 1)).isZero();
        assertThat(grid.state(11, 11)).isEqualTo(103);
        assertThatThrownBy(() -> grid.state(6, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cell (6, 6) must be free, but is a wall");
    }

    @Test
    void aMoveIntoAWallStays() {
        FourRoomsGrid grid = new FourRoomsGrid();
        double[] transition = grid.transitions(grid.state(11, 11));
        int corner = grid.state(1, 1);
        int north = corner * 4 * 104;
        assertThat(transition[north + corner]).isCloseTo(0.56 + 0.44 / 3, within());
        assertThat(transition[north + grid.state(1, 2)]).isCloseTo(0.44 / 3, within());
        assertThat(transition[north + grid.state(2, 1)]).isCloseTo(0.44 / 3, within());
    }

    @Test
    void theEpisodeEndsAfterOneActionAtTheGoal() {
        FourRoomsGrid grid = new FourRoomsGrid();
        int goal = grid.state(1, 9);
        double[] transition = grid.transitions(goal);
        for (int s = 0; s < 104; s++) {
            for (int move = 0; move < 4; move++) {
                double total = 0;
                for (int t = 0; t < 104; t++) {
                    total += transition[(s * 4 + move) * 104 + t];
                }
                assertThat(total).isCloseTo(s == goal ? 0 : 1, within());
            }
        }
    }

    @Test
    void startIsNormalWithTheGivenStandardDeviation() {
        FourRooms problem = FourRooms.of(GOALS, 0.99, 0.003, 1, 0.5);
        RandomStream one = RandomStream.at(3, Purpose.START, 0, 0, 0, 0);
        double[] start = problem.upperStart(RandomStream.at(3, Purpose.START, 0, 0, 0, 0))
                .values();
        for (double logit : start) {
            assertThat(logit).isEqualTo(0.5 * one.nextGaussian());
        }
        assertThat(start).hasSize(105);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-15);
    }
}
