package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.RandomProblem;
import io.stackel.families.SmallProblems;
import io.stackel.math.Tensor;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Followers that learn at a fixed upper variable come near the maximisers of J + k U that they track. */
class SampledLowerTest {

    private record Case(String name, FiniteProblem problem, Policy policy, Setup.LowerRule rule, boolean baselines) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        FiniteProblem design = SmallProblems.rewardDesign();
        FiniteProblem random = RandomProblem.of(5, 3, 2, 2, 0.3);
        Setup.LowerRule natural = new Setup.LowerRule(false, 40, Setup.LowerStep.NATURAL, 0.5, 200, 0.2, 1e-12);
        Setup.LowerRule adam = new Setup.LowerRule(false, 150, Setup.LowerStep.ADAM, 0.03, 300, 0, 1e-12);
        Setup.LowerRule sgd = new Setup.LowerRule(false, 120, Setup.LowerStep.SGD, 0.1, 200, 0, 1e-12);
        return Stream.of(
                new Case("natural", design, new TabularSoftmax(5, 3), natural, true),
                new Case("natural in a game that ends", random, new TabularSoftmax(3, 2), natural, false),
                new Case("adam", design, new TabularSoftmax(5, 3), adam, false),
                new Case("adam with baselines", random, new TabularSoftmax(3, 2), adam, true),
                new Case("adam on features", design, new LinearSoftmax(5, 3), adam, true),
                new Case("sgd on probabilities", random, new TabularDirect(3, 2), sgd, true));
    }

    /**
     * The gap J* + k U* - (J + k U) shrinks to a tenth of that of the uniform policy, for k = -1 and 1, and each follower
     * is nearer to its own optimum than the other is.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void everyFollowerLearnsItsOwnObjective(Case one) {
        Setup setup = Setups.of(one.problem, one.policy, one.rule, one.baselines);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 1.0));
        State state = algorithm.init();
        ExactPoint point = new ExactModel(one.problem, 0).at(new DenseVector(state.real("upper")));
        double[] before = {gap(one, point, state, 0, -1), gap(one, point, state, 1, 1)};
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(one.problem, one.policy))) {
            while (state.phase() < one.rule.innerSteps()) {
                BatchResult result = oracle.evaluate(algorithm.request(state), "inner");
                state = algorithm.step(state, result).next();
            }
        }
        for (int i = 0; i < 2; i++) {
            int weight = 2 * i - 1;
            double own = gap(one, point, state, i, weight);
            assertThat(own).isBetween(0.0, 0.1 * before[i]);
            assertThat(own).isLessThan(gap(one, point, state, 1 - i, weight));
        }
    }

    /** Of the two points of a difference in x each follower comes near the best response to its own. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyFollowerLearnsAtItsOwnPoint(Case one) {
        Setup setup = Setups.of(one.problem, one.policy, one.rule, one.baselines);
        Algorithm algorithm = Setups.algorithm("zero-order", setup, Map.of("radius", 1.5));
        State state = algorithm.init();
        ExactModel model = new ExactModel(one.problem, 0);
        List<ExactPoint> points = algorithm.request(state).uppers().stream()
                .map(x -> model.at(new DenseVector(x)))
                .toList();
        double[] before = {gap(one, points.get(0), state, 0, 0), gap(one, points.get(1), state, 1, 0)};
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(one.problem, one.policy))) {
            while (state.phase() < one.rule.innerSteps()) {
                BatchResult result = oracle.evaluate(algorithm.request(state), "inner");
                state = algorithm.step(state, result).next();
            }
        }
        for (int i = 0; i < 2; i++) {
            double own = gap(one, points.get(i), state, i, 0);
            assertThat(own).isLessThan(0.2 * before[i]).isLessThan(gap(one, points.get(1 - i), state, i, 0));
        }
    }

    /** Planned in the counted game by natural steps, a follower of its own by gradient steps. */
    @ParameterizedTest
    @MethodSource("cases")
    void theFollowerIsTheBestResponseAndNoSurrogateIs(Case one) {
        Setup setup = Setups.of(one.problem, one.policy, one.rule, one.baselines);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 1.0));
        State state = algorithm.init();
        ExactPoint point = new ExactModel(one.problem, 0).at(new DenseVector(state.real("upper")));
        double before = gap(one, point, one.policy.uniform(), 0);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(one.problem, one.policy))) {
            while (state.phase() < one.rule.innerSteps()) {
                BatchResult result = oracle.evaluate(algorithm.request(state), "inner");
                state = algorithm.step(state, result).next();
            }
        }
        double own = gap(one, point, algorithm.follower(state, 0), 0);
        assertThat(own).isBetween(0.0, 0.1 * before);
        SortedMap<String, double[]> surrogates = algorithm.surrogates(state, 0);
        assertThat(surrogates.keySet()).containsExactly("minus", "plus");
        surrogates.forEach(
                (name, theta) -> assertThat(gap(one, point, theta, 0)).as(name).isGreaterThan(2 * own));
        assertThat(surrogates.get("plus")).isSameAs(state.real("lower.1/0"));
    }

    private static double gap(Case one, ExactPoint point, State state, int follower, double weight) {
        return gap(one, point, state.real(LowerSolver.name("lower", follower, 0)), weight);
    }

    private static double gap(Case one, ExactPoint point, double[] theta, double weight) {
        PolicyValues at = point.evaluate(PolicyTable.logProbabilities(one.problem, one.policy, theta));
        PolicyValues best =
                point.evaluate(point.best(weight, 1e-13, new double[0]).logPolicy());
        return best.followerValue() + weight * best.upperReturn() - at.followerValue() - weight * at.upperReturn();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsAreThoseOfAllTransitionsSoFar(Case one) {
        Setup setup = Setups.of(one.problem, one.policy, one.rule, one.baselines);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 1.0));
        State state = algorithm.init();
        long steps = 0;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(one.problem, one.policy))) {
            for (int batch = 0; batch < 3; batch++) {
                BatchResult result = oracle.evaluate(algorithm.request(state), "inner");
                steps += result.steps();
                state = algorithm.step(state, result).next();
            }
        }
        boolean counts = one.baselines || one.rule.step() == Setup.LowerStep.NATURAL;
        assertThat(state.has("transitions/0")).isEqualTo(counts);
        if (counts) {
            Tensor tensor = state.tensors().get("transitions/0");
            assertThat(tensor).isInstanceOf(Tensor.Whole.class);
            assertThat(Arrays.stream(state.whole("transitions/0")).sum()).isEqualTo(steps);
        }
    }
}
