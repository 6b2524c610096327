package io.stackel.families;

import static io.stackel.random.NormalDraws.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Parameter;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.TaskExperts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskInverseTest {

    private static final double DISCOUNT = 0.9;

    private static TaskExperts problem(Map<String, Object> changed, double... rows) {
        ProblemFactory factory = InverseRl.FAMILY;
        TreeMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.putAll(Map.of(
                "task", "cart-pole", "features", "products", "discount", DISCOUNT, "trajectories", 4L, "steps", 50L));
        values.putAll(changed);
        return (TaskExperts)
                factory.create(new Settings(values), uri -> MemoryBlocks.of(6, features(rows), labels(rows), 2));
    }

    private static double[] features(double[] rows) {
        double[] features = new double[rows.length / 7 * 6];
        for (int i = 0; i < features.length; i++) {
            features[i] = rows[i / 6 * 7 + i % 6];
        }
        return features;
    }

    private static double[] labels(double[] rows) {
        double[] labels = new double[rows.length / 7];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows[i * 7 + 6];
        }
        return labels;
    }

    @Test
    void passesTheChecksOfASampledProblem() {
        TaskChecks.requirePassed(problem(Map.of("rewardHidden", List.of(5L))), 0.3);
    }

    @Test
    void expertsOfTheOwnRewardLetNoPoleFall() {
        ExpertPaths experts =
                problem(Map.of("trajectories", 20L, "steps", 500L)).experts();
        assertThat(experts.lengths()).containsOnly(500).hasSize(20);
        assertThat(experts.trueReturn()).hasValue(500);
    }

    /** The gradient of the experts' discounted learnt return by differences of what the simulator pays for their actions. */
    @Test
    void theExpertsGradientIsThatOfTheirLearntReturn() {
        TaskExperts problem = problem(Map.of("rewardHidden", List.of(5L)));
        double[] x = normal(3, problem.upperSize(), 0.5);
        double[] direction = normal(4, x.length, 1);
        double[] gradient = new double[x.length];
        problem.addExpertGradient(new DenseVector(x), -2, gradient);
        double step = 1e-5;
        double difference =
                (learntReturn(problem, x, direction, step) - learntReturn(problem, x, direction, -step)) / (2 * step);
        assertThat(VectorMath.dot(gradient, direction)).isCloseTo(-2 * difference, within(1e-7));
        assertThat(Math.abs(difference)).isGreaterThan(1e-2);
    }

    private static double learntReturn(TaskExperts problem, double[] x, double[] direction, double step) {
        double[] moved = x.clone();
        VectorMath.addScaled(step, direction, moved);
        TaskReward.Pass pass = ((TaskInverse) problem).reward().at(moved);
        ExpertPaths experts = problem.experts();
        int inputs = ((TaskInverse) problem).reward().network().inputs();
        double sum = 0;
        int at = 0;
        for (int length : experts.lengths()) {
            double power = 1;
            for (int t = 0; t < length; t++, at++) {
                double[] row = new double[inputs];
                double[] reward = new double[1];
                double[] observation = new double[5];
                System.arraycopy(experts.observations(), at * 5, observation, 0, 5);
                pass.writeFeatures(observation, 0, experts.actions(), at, row, 0);
                pass.rewards(row, 1, reward);
                sum += power * reward[0] / experts.lengths().length;
                power *= DISCOUNT;
            }
        }
        return sum;
    }

    /** Trajectory 7 has three steps, of which two are kept, trajectory 3 one; rows in any order, observations as they are. */
    @Test
    void aTableIsReadInTheOrderOfItsTrajectories() {
        double[] rows = {
            7, 1, 0.24, 0.3, 0.021, 0.6, 1, 3, 0, 2.4, 3, 0.21, 3, 0, 7, 0, 0, 0, 0, 0, 0, 7, 2, 0, 0, 0, 0, 1
        };
        ExpertPaths experts =
                problem(Map.of("table", "here", "steps", 2L), rows).experts();
        assertThat(experts.lengths()).containsExactly(1, 2);
        assertThat(experts.actions()).containsExactly(0, 0, 1);
        assertThat(experts.observations())
                .containsExactly(new double[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0.1, 0.1, 0.1, 0.2, 1}, within(1e-15));
        assertThat(experts.trueReturn()).isEmpty();
        assertThat(experts.weights(0.5)).containsExactly(0.5, 0.5, 0.25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 | problem.table: here: trajectory 7.0, step 1.0: step must count 0, 1, 2, ... in its trajectory, where 0 is due, but was 1.0",
                "0 | 2 | problem.table: here: trajectory 7.0, step 0.0: action must be a whole number from 0 to 1, but was 2.0"
            })
    void aRowThatBreaksARuleIsNamed(double step, double action, String message) {
        double[] rows = {7, step, 0, 0, 0, 0, action};
        assertThatThrownBy(() -> problem(Map.of("table", "here"), rows)).hasMessage(message);
    }

    @Test
    void otherTasksNeedATable() {
        assertThatThrownBy(() -> problem(Map.of("task", "acrobot")))
                .hasMessage("problem.table must be given for task: acrobot, of which no experts are known");
    }
}
