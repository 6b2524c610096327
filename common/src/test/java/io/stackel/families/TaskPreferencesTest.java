package io.stackel.families;

import static io.stackel.random.NormalDraws.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import io.stackel.mdp.ClassicControl;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskPreferencesTest {

    private static final Map<String, Object> LINEAR = Map.of("features", "products", "featuresOf", "both");
    private static final Map<String, Object> NETWORK = Map.of("rewardHidden", List.of(5L, 4L));

    /** Among the checks are central differences of the learnt rewards along trajectories. */
    @ParameterizedTest
    @EnumSource
    void everyTaskPassesTheChecksOfASampledProblem(ClassicControl task) {
        passesTheChecks(problem(task, LINEAR));
        passesTheChecks(problem(task, NETWORK));
    }

    private static void passesTheChecks(PreferenceProblem problem) {
        assertThat(TaskChecks.requirePassed(problem, 0.3).findings()).hasSize(12);
    }

    @ParameterizedTest
    @EnumSource
    void theGradientOfTheMeanLossIsThatOfCentralDifferences(ClassicControl task) {
        for (Map<String, Object> model : List.of(LINEAR, NETWORK)) {
            PreferenceProblem problem = problem(task, model);
            PreferencePairs pairs = pairs(problem);
            double[] x = normal(4, problem.upperSize(), 0.5);
            double[] gradient = new double[x.length];
            problem.addMeanLoss(new DenseVector(x), pairs, gradient);
            double[] direction = normal(5, x.length, 1);
            double step = 1e-5;
            double difference =
                    (loss(problem, pairs, x, direction, step) - loss(problem, pairs, x, direction, -step)) / (2 * step);
            assertThat(VectorMath.dot(gradient, direction)).isCloseTo(difference, within(1e-8));
            assertThat(Math.abs(difference)).isGreaterThan(1e-3);
        }
    }

    private static double loss(
            PreferenceProblem problem, PreferencePairs pairs, double[] x, double[] direction, double step) {
        double[] moved = x.clone();
        VectorMath.addScaled(step, direction, moved);
        return problem.addMeanLoss(new DenseVector(moved), pairs, new double[x.length]);
    }

    /** Random observations and actions, the second segment of each pair two steps short. */
    private static PreferencePairs pairs(PreferenceProblem problem) {
        int count = 20;
        int length = problem.pairs().segmentLength();
        int size = problem.stepSize();
        double[] steps = normal(6, count * 2 * length * size, 0.7);
        double[] labels = new double[count];
        for (int place = 0; place < count * 2 * length; place++) {
            boolean none = place % (2 * length) >= 2 * length - 2;
            steps[place * size] = none ? PreferencePairs.NO_STEP : 0;
            if (problem.actions() > 0) {
                steps[(place + 1) * size - 1] = place % problem.actions();
            }
        }
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3 / 2.0;
        }
        return new PreferencePairs(length, size, steps, labels);
    }

    @Test
    void theLearntRewardIsZeroWhereItStarts() {
        PreferenceProblem problem = problem(ClassicControl.CART_POLE, NETWORK);
        DenseVector start = problem.upperStart(RandomStream.at(3, Purpose.START, 0, 0, 0, 0));
        double loss = problem.addMeanLoss(start, pairs(problem), new double[problem.upperSize()]);
        assertThat(loss).isEqualTo(StrictMath.log(2));
        assertThat(VectorMath.maxAbs(start.values())).isPositive();
    }

    @Test
    void featuresOfTheOtherKindAreRefused() {
        assertThatThrownBy(() -> problem(ClassicControl.CART_POLE, Map.of("features", "one-hot")))
                .hasMessage("problem.features must be linear or products on a task, but was one-hot");
        assertThatThrownBy(() -> SmallProblems.preferences(Map.of("features", "products")))
                .hasMessage("problem.features must be one-hot or linear on a world, but was products");
    }

    private static PreferenceProblem problem(ClassicControl task, Map<String, Object> model) {
        Map<String, Object> given = new TreeMap<>(model);
        given.put("task", task.word());
        return SmallProblems.taskPreferences(given);
    }
}
