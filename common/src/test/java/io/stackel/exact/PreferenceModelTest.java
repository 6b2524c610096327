package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.families.SmallProblems;
import io.stackel.math.CentralDifferences;
import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceModelTest {

    /** Differences at steps of 1e-5 err by 1e-10 in truncation and 1e-11 in rounding, both relative to values near 1. */
    private static final double CLOSE = 1e-8;

    private static final double[] COLD = {};

    private final double[] x = normal(0, 12);
    private final double[] theta = normal(1, 6);

    @ParameterizedTest(name = "{0}, latest start {1}")
    @CsvSource({"cross-entropy, 0", "cross-entropy, 1", "excess, 0", "excess, 1"})
    void gradientsAreDifferencesOfTheObjective(String objective, long latestStart) {
        FinitePreferences problem =
                SmallProblems.preferences(Map.of("latestStart", latestStart, "objective", objective));
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        DenseVector upper = upper(problem);
        PreferenceModel.Value value = model.upperObjective(upper, logs(theta));
        requireClose(
                value.gradients().inUpper(),
                CentralDifferences.gradient(
                        upper.values(),
                        y -> model.upperObjective(new DenseVector(y), logs(theta))
                                .value()));
        requireClose(
                value.gradients().inLower(),
                CentralDifferences.gradient(
                        theta, z -> model.upperObjective(upper, logs(z)).value()));
    }

    @ParameterizedTest(name = "{0}, features {1}")
    @CsvSource({"cross-entropy, one-hot", "cross-entropy, linear", "excess, one-hot"})
    void hypergradientIsADifferenceOfTheObjectiveAtTheBestResponse(String name, String features) {
        FinitePreferences problem =
                SmallProblems.preferences(Map.of("objective", name, "features", features, "featureCount", 4L));
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        DenseVector upper = upper(problem);
        Objective objective = model.hypergradient(upper, best(model, upper));
        requireClose(objective.gradient(), CentralDifferences.gradient(upper.values(), y -> {
            DenseVector moved = new DenseVector(y);
            return model.upperObjective(moved, best(model, moved).logPolicy()).value();
        }));
    }

    @ParameterizedTest(name = "latest start {0}")
    @ValueSource(longs = {0, 1})
    void gradientsOfWinsAreDifferencesOfTheObjective(long latestStart) {
        FinitePreferences problem = wins(Map.of("latestStart", latestStart));
        DenseVector upper = upper(problem);
        PreferenceModel model =
                PreferenceModel.of(problem).orElseThrow().against(logs(VectorMath.scaled(-0.5, normal(2, 6))));
        PreferenceModel.Value value = model.upperObjective(upper, logs(theta));
        requireClose(
                value.gradients().inLower(),
                CentralDifferences.gradient(
                        theta, z -> model.upperObjective(upper, logs(z)).value()));
        assertThat(value.gradients().inUpper())
                .usingComparatorWithPrecision(CLOSE)
                .as("of the term in x alone")
                .containsExactly(
                        CentralDifferences.gradient(upper.values(), y -> problem.upperTerm(new DenseVector(y))));
        Objective objective = model.hypergradient(upper, best(model, upper));
        requireClose(objective.gradient(), CentralDifferences.gradient(upper.values(), y -> {
            DenseVector moved = new DenseVector(y);
            return model.upperObjective(moved, best(model, moved).logPolicy()).value();
        }));
    }

    /** A policy wins against itself as often as it loses, and both shares of two policies make one. */
    @Test
    void winsOfTwoPoliciesMakeOne() {
        FinitePreferences problem = wins(Map.of("temperature", 0.2, "noise", 0.1, "regularization", 0.0));
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        double[] one = logs(theta);
        double[] other = logs(normal(2, 6));
        DenseVector upper = upper(problem);
        double won = -model.against(other).upperObjective(upper, one).value();
        double lost = -model.against(one).upperObjective(upper, other).value();
        assertThat(won + lost).isCloseTo(1, within(1e-14));
        assertThat(won).isNotCloseTo(0.5, within(0.01));
        assertThat(-model.against(one).upperObjective(upper, one).value()).isCloseTo(0.5, within(1e-14));
        double[] even = new double[6];
        Arrays.fill(even, StrictMath.log(0.5));
        assertThat(model.upperObjective(upper, one).value())
                .as("against the uniform policy")
                .isEqualTo(model.against(even).upperObjective(upper, one).value());
    }

    private static FinitePreferences wins(Map<String, Object> more) {
        Map<String, Object> changed = new TreeMap<>(more);
        changed.put("objective", "win-rate");
        return SmallProblems.preferences(changed);
    }

    /** Two steps from a state that never changes: the two actions make three sums, with probabilities 1/4, 1/2, 1/4. */
    @Test
    void oneStateByHand() {
        FinitePreferences problem = SmallProblems.preferences(
                Map.of("states", 1L, "actions", 2L, "regularization", 0.0, "temperature", 1.0, "noise", 0.25));
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        double[] rewards = {0.5, -1};
        double[] truth = new double[2];
        problem.upperReward(new DenseVector(rewards), 0, truth);
        double[] probability = {0.25, 0.5, 0.25};
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double learnt = (j - i) * (rewards[1] - rewards[0]);
                double real = (j - i) * (truth[1] - truth[0]);
                double y = 0.75 / (1 + StrictMath.exp(-real)) + 0.25 / (1 + StrictMath.exp(real));
                double loss = -y * StrictMath.log(1 / (1 + StrictMath.exp(-learnt)))
                        - (1 - y) * StrictMath.log(1 / (1 + StrictMath.exp(learnt)));
                expected += probability[i] * probability[j] * loss;
            }
        }
        double[] even = {StrictMath.log(0.5), StrictMath.log(0.5)};
        assertThat(model.upperObjective(new DenseVector(rewards), even).value()).isCloseTo(expected, within(1e-14));
    }

    /** At the true reward over the temperature nothing is left, however uncertain labels are, and under any policy. */
    @Test
    void excessIsZeroWhereTheModelIsRight() {
        FinitePreferences problem = SmallProblems.preferences(Map.of(
                "objective", "excess", "temperature", 0.4, "noise", 0.0, "regularization", 0.0, "featuresOf", "both"));
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        double[] truth = new double[6];
        problem.upperReward(new DenseVector(new double[problem.upperSize()]), 0, truth);
        PreferenceModel.Value right = model.upperObjective(new DenseVector(VectorMath.scaled(2.5, truth)), logs(theta));
        assertThat(right.value()).isCloseTo(0, within(1e-15));
        assertThat(VectorMath.maxAbs(right.gradients().inLower())).isLessThan(1e-14);
        assertThat(VectorMath.maxAbs(right.gradients().inUpper())).isLessThan(1e-14);
        assertThat(model.upperObjective(new DenseVector(truth), logs(theta)).value())
                .isGreaterThan(1e-3);
    }

    @Test
    void longSegmentsAreNotListed() {
        assertThat(PreferenceModel.of(SmallProblems.preferences(Map.of("segmentLength", 6L))))
                .isEmpty();
    }

    private static SoftOptimum best(PreferenceModel model, DenseVector upper) {
        return model.process(upper).best(0, SoftOptimum.TO_ROUNDING, COLD);
    }

    private DenseVector upper(FinitePreferences problem) {
        return new DenseVector(Arrays.copyOf(x, problem.upperSize()));
    }

    private static double[] logs(double[] theta) {
        double[] logs = new double[theta.length];
        for (int row = 0; row < logs.length; row += 2) {
            Softmax.logProbabilities(theta, row, 2, logs);
        }
        return logs;
    }

    private static double[] normal(int role, int count) {
        RandomStream random = RandomStream.at(3, Purpose.START, role, 0, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static void requireClose(double[] got, double[] wanted) {
        assertThat(VectorMath.norm(wanted)).isGreaterThan(1e-3);
        assertThat(VectorMath.maxAbs(VectorMath.minus(got, wanted))).isLessThan(CLOSE);
    }
}
