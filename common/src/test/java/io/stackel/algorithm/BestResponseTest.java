package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.ValueGradient;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.families.SmallProblems;
import io.stackel.optim.Adam;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a method perturbs, its follower is the best response to x, and the perturbed policies have names. */
class BestResponseTest {

    private static final double[] COLD = {};

    /** Stops with x moved, in the middle of an iteration where there is one. */
    private static State run(Setup setup, Algorithm algorithm, int batches) {
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int i = 0; i < batches; i++) {
                BatchRequest request = algorithm.request(state);
                BatchResult result = request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "a test");
                state = algorithm.step(state, result).next();
            }
        }
        return state;
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("first-order", Map.of("sigma", 0.4), List.of("minus", "plus")),
                Arguments.of("first-order", Map.of("sigma", 0.4, "sides", "one"), List.of("plus")),
                Arguments.of("pbrl", Map.of("sigma", 0.4), List.of("penalised")),
                Arguments.of("zero-order", Map.of("radius", 0.3), List.of()),
                Arguments.of("cma-es", Map.of(), List.of()),
                Arguments.of("hpgd", Map.of(), List.of()),
                Arguments.of("boltzmann", Map.of(), List.of()),
                Arguments.of("independent", Map.of(), List.of()));
    }

    /** Also in contexts that the last iterations did not draw. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("methods")
    void onTablesItIsPlannedInEveryContext(String name, Map<String, Object> given, List<String> others) {
        FiniteProblem rooms = SmallProblems.fourRooms();
        Setup setup = Setups.of(rooms, Setups.PLANNED, false);
        Algorithm algorithm = Setups.algorithm(name, setup, given);
        State state = run(setup, algorithm, 4);
        DenseVector x = new DenseVector(algorithm.upper(state));
        for (int context = 0; context < rooms.contexts(); context++) {
            SoftOptimum best = new ExactModel(rooms, context).at(x).best(0, SoftOptimum.TO_ROUNDING, COLD);
            assertThat(algorithm.follower(state, context)).containsExactly(best.logPolicy(), within(1e-8));
            assertThat(algorithm.surrogates(state, context).keySet()).containsExactlyElementsOf(others);
        }
        SortedMap<String, Double> figures = Setups.exact(setup).measure(algorithm, state);
        assertThat(figures.get(Evaluation.LOWER_GAP)).isCloseTo(0, within(1e-10));
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE))
                .as("both are means over the contexts")
                .isCloseTo(figures.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE), within(1e-9));
    }

    @Test
    void onTablesTheSurrogatesArePlannedInEveryContextToo() {
        FiniteProblem rooms = SmallProblems.fourRooms();
        Setup setup = Setups.of(rooms, Setups.PLANNED, false);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.4));
        State state = run(setup, algorithm, 4);
        for (int context = 0; context < rooms.contexts(); context++) {
            ExactPoint point = new ExactModel(rooms, context).at(new DenseVector(algorithm.upper(state)));
            SortedMap<String, double[]> surrogates = algorithm.surrogates(state, context);
            assertThat(surrogates.get("minus"))
                    .containsExactly(
                            point.best(-0.4, SoftOptimum.TO_ROUNDING, COLD).logPolicy(), within(1e-8));
            assertThat(surrogates.get("plus"))
                    .containsExactly(
                            point.best(0.4, SoftOptimum.TO_ROUNDING, COLD).logPolicy(), within(1e-8));
        }
    }

    @Test
    void probabilitiesStayProbabilities() {
        FiniteProblem problem = SmallProblems.rewardDesign();
        Setup setup = Setups.of(problem, new TabularDirect(5, 3), Setups.PLANNED, false);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.4));
        State state = run(setup, algorithm, 3);
        SoftOptimum best = new ExactModel(problem, 0)
                .at(new DenseVector(algorithm.upper(state)))
                .best(0, SoftOptimum.TO_ROUNDING, COLD);
        assertThat(algorithm.follower(state, 0)).containsExactly(best.policy(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"first-order, sigma", "zero-order, radius"})
    void fromCountsItIsTheOptimumOfTheCountedGame(String name, String key) {
        FiniteProblem problem = SmallProblems.stackelberg();
        Setup setup = Setups.of(problem, Setups.NATURAL, true);
        Algorithm algorithm = Setups.algorithm(name, setup, Map.of(key, 0.4));
        State state = run(setup, algorithm, 10);
        CountedGame counted = new CountedGame(problem, 0, state.whole("transitions/0"));
        SoftOptimum best = new ExactModel(counted, 0)
                .at(new DenseVector(algorithm.upper(state)))
                .best(0, SoftOptimum.TO_ROUNDING, COLD);
        assertThat(algorithm.follower(state, 0)).containsExactly(best.logPolicy(), within(1e-8));
    }

    /** The only follower that is tracked there is what it was before. */
    @Test
    void aTrackedBestResponseIsTheOneThatIsTracked() {
        Setup setup = Setups.of(SmallProblems.rewardDesign(), Setups.NATURAL, true);
        for (Map<String, Object> given : List.<Map<String, Object>>of(
                Map.of("sigma", 0.4), Map.of("sigma", 0.4, "policyOptimizer", "sgd", "penalty", "bellman"))) {
            Algorithm algorithm = Setups.algorithm("pbrl", setup, given);
            State state = run(setup, algorithm, 10);
            assertThat(algorithm.follower(state, 0)).isSameAs(state.real("lower.0/0"));
            assertThat(algorithm.surrogates(state, 0).get("penalised")).isSameAs(state.real("policy/0"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theFollowerOfAZeroSumGameIsItsEquilibrium(boolean planned) {
        ZeroSumProblem game = SmallProblems.zeroSum();
        Setup setup = Setups.of(game, planned ? Setups.PLANNED : Setups.NATURAL, true);
        Map<String, Object> given = Map.of("sigma", 0.2, "penalty", "nikaido-isoda", "policyStepSize", 0.2);
        for (String name : List.of("pbrl", "zero-order")) {
            Algorithm algorithm = Setups.algorithm(name, setup, name.equals("pbrl") ? given : Map.of("radius", 0.3));
            State state = run(setup, algorithm, 10);
            ZeroSumModel known = planned
                    ? new ZeroSumModel(game, 0)
                    : new ZeroSumModel(new CountedGame(game, 0, state.whole("transitions/0")), 0, game.firstActions());
            double[] logs = known.at(new DenseVector(algorithm.upper(state)))
                    .equilibrium(SoftOptimum.TO_ROUNDING, COLD)
                    .logs();
            TwoPlayerSoftmax policy = (TwoPlayerSoftmax) setup.policy();
            assertThat(policy.playersLogs(algorithm.follower(state, 0)))
                    .as(name)
                    .containsExactly(policy.playersLogs(logs), within(1e-7));
        }
    }

    /** By gradient steps it learns from draws of its own, so that the others do what they would do without it. */
    @ParameterizedTest
    @CsvSource({"first-order, sigma", "zero-order, radius"})
    void byGradientStepsItIsAFollowerMoreWhoseDrawsAreItsOwn(String name, String key) {
        Setup setup =
                Setups.of(new SampleOnly(SmallProblems.rewardDesign()), new TabularSoftmax(5, 3), Setups.ADAM, false);
        Algorithm algorithm = Setups.algorithm(name, setup, Map.of(key, 0.4));
        Frame frame = new Frame(setup);
        Method method = name.equals("first-order")
                ? Methods.firstOrder(0.4, true, Coupling.SHARED, 20)
                : new ZeroOrder(0.4, 20);
        Algorithm two =
                new TwoLevel(frame, method, new SampledLower(frame, method.targets(), new Adam(), step -> step));

        State state = run(setup, algorithm, 11);
        State without = run(setup, two, 11);

        without.tensors()
                .forEach((tensor, value) ->
                        assertThat(state.tensors().get(tensor)).as(tensor).isEqualTo(value));
        assertThat(algorithm.follower(state, 0)).isSameAs(state.real("lower.2/0"));
        assertThat(state.upperSamples()).isEqualTo(without.upperSamples());
        assertThat(2 * state.lowerSamples()).as("half as many again").isEqualTo(3 * without.lowerSamples());
    }

    @Test
    void preferencesTakeNoLabelsForIt() {
        FinitePreferences pairs = SmallProblems.preferences(Map.of());
        Setup setup = Setups.of(pairs, Setups.ADAM, true);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        State state = run(setup, algorithm, 1);
        List<Estimand> estimands = algorithm.request(state).estimands();
        assertThat(estimands).hasSize(3);
        assertThat(estimands.get(1)).isInstanceOf(PairLossGradient.class);
        assertThat(estimands.get(2)).isInstanceOf(ValueGradient.class);
        assertThat(estimands.get(2).stream()).isEqualTo(2);
    }
}
