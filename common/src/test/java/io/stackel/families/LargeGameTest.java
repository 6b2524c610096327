package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Games of so many states with few successors each that their linear systems are swept, not factorised. */
class LargeGameTest {

    private static final double[] COLD = {};
    private static final int STATES = 900;

    private static double[] filled(int length, DoubleSupplier draw) {
        double[] values = new double[length];
        Arrays.setAll(values, i -> draw.getAsDouble());
        return values;
    }

    /** The rows of a small game, and behind them states that it never reaches, with four successors anywhere. */
    private static Transitions embedded(Transitions small, RandomStream random) {
        int actions = small.actions();
        int rows = STATES * actions;
        int own = small.states() * actions;
        int[] start = new int[rows + 1];
        int[] next = new int[small.entries() + 4 * (rows - own)];
        double[] probability = new double[next.length];
        for (int i = 0; i < small.entries(); i++) {
            next[i] = small.next(i);
            probability[i] = small.probability(i);
        }
        for (int row = 0; row < rows; row++) {
            start[row + 1] = row < own ? small.start(row + 1) : start[row] + 4;
            for (int k = 0; row >= own && k < 4; k++) {
                next[start[row] + k] = k * (STATES / 4) + random.nextInt(STATES / 4);
                probability[start[row] + k] = 0.25;
            }
        }
        return new Transitions(STATES, actions, start, next, probability);
    }

    private static double[] continued(double[] small, int length, RandomStream random) {
        double[] all = Arrays.copyOf(small, length);
        for (int i = small.length; i < length; i++) {
            all[i] = random.nextDouble();
        }
        return all;
    }

    private record Point(SoftOptimum best, Objective objective) {
        static Point of(FiniteProblem problem, double[] x) {
            ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
            SoftOptimum best = point.best(0, 1e-14, COLD);
            return new Point(best, point.hypergradient(best));
        }
    }

    /** Factorised where it is small, swept where it is large. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void statesThatAreNeverReachedChangeNothing(int seed) {
        RandomStream random = RandomStream.at(seed, Purpose.CHECK, 11, 0, 0, 0);
        Stackelberg small = (Stackelberg) SmallProblems.of(
                "stackelberg",
                Map.of("states", 6L, "leaderActions", 3L, "followerActions", 2L, "discount", 0.95, "problemSeed", (long)
                        seed));
        MarkovGame game = small.game();
        Stackelberg large = new Stackelberg(
                new MarkovGame(
                        STATES,
                        3,
                        2,
                        embedded(game.transitions(), random),
                        Arrays.copyOf(game.start(), STATES),
                        game.discount()),
                continued(small.reward(), 6 * STATES, random),
                continued(small.upperReward(), 6 * STATES, random),
                small.entropyWeight());
        double[] x = filled(3 * STATES, random::nextGaussian);

        Point dense = Point.of(small, Arrays.copyOf(x, 18));
        Point swept = Point.of(large, x);

        assertThat(Arrays.copyOf(swept.best.value(), 6)).containsExactly(dense.best.value(), within(1e-9));
        assertThat(swept.objective.value()).isCloseTo(dense.objective.value(), within(1e-9));
        assertThat(Arrays.copyOf(swept.objective.gradient(), 18))
                .containsExactly(dense.objective.gradient(), within(1e-9));
        assertThat(Arrays.stream(swept.objective.gradient()).skip(18)).containsOnly(0.0);
    }

    /** Central differences along a random direction. */
    @Test
    void theHypergradientIsTheSlopeOfTheObjective() {
        FiniteProblem problem = SmallProblems.of(
                "reward-design", new TreeMap<>(Map.of("states", (long) STATES, "successors", 4L, "discount", 0.9)));
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 12, 0, 0, 0);
        double[] x = filled(problem.upperSize(), random::nextGaussian);
        double[] direction = filled(problem.upperSize(), random::nextGaussian);
        double step = 1e-4;
        double[] ahead = x.clone();
        VectorMath.addScaled(step, direction, ahead);
        double[] behind = x.clone();
        VectorMath.addScaled(-step, direction, behind);

        double slope = (Point.of(problem, ahead).objective.value()
                        - Point.of(problem, behind).objective.value())
                / (2 * step);
        double analytic = VectorMath.dot(Point.of(problem, x).objective.gradient(), direction);
        assertThat(analytic).isCloseTo(slope, within(1e-6 * Math.abs(slope)));
    }
}
